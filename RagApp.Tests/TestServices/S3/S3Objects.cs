using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.Http;

namespace RagApp.Tests.TestServices.S3;

/// <summary>Objects and unfinished multipart uploads of one bucket, under S3's rules. Not thread-safe: one request at a time.</summary>
internal sealed class S3Objects
{
    private const int SmallestPart = 5 << 20;
    private const int LargestPage = 1_000;
    private static readonly XNamespace Xml = "http://s3.amazonaws.com/doc/2006-03-01/";

    private readonly Dictionary<string, Upload> _uploads = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, Stored> _objects = new(StringComparer.Ordinal);

    /// <summary>
    /// Conditions that this server ignores: <c>If-None-Match</c>, <c>If-Match</c>, <c>If-Match on an object that does not
    /// exist</c>.
    /// </summary>
    public HashSet<string> Ignored { get; } = new(StringComparer.Ordinal);

    public int UnfinishedUploads => _uploads.Count;

    public IEnumerable<string> Keys => _objects.Keys;

    public S3Answer Put(string key, IHeaderDictionary headers, byte[] body)
    {
        if (Refusal(key, headers) is { } refusal)
            return refusal;
        return Store(key, new Stored(body, $"\"{Md5(body)}\"", Metadata(headers)));
    }

    public S3Answer Get(string key, bool withBody) => _objects.TryGetValue(key, out var stored)
        ? new S3Answer(200, withBody ? stored.Body : [], stored.ETag, stored.Metadata, stored.Body.Length)
        : Error(404, "NoSuchKey");

    public S3Answer Delete(string key)
    {
        _objects.Remove(key);
        return new S3Answer(204, []);
    }

    public S3Answer List(IQueryCollection query)
    {
        var size = query.TryGetValue("max-keys", out var asked) ? int.Parse(asked!, CultureInfo.InvariantCulture) : LargestPage;
        var after = query["continuation-token"].FirstOrDefault() ?? query["start-after"].ToString();
        var keys = _objects.Keys
            .Where(key => key.StartsWith(query["prefix"].ToString(), StringComparison.Ordinal) && string.CompareOrdinal(key, after) > 0)
            .Take(Math.Min(size, LargestPage) + 1).ToList();
        var more = keys.Count > size;
        var page = keys.Take(size).ToList();
        return Document(new XElement(Xml + "ListBucketResult",
            new XElement(Xml + "IsTruncated", more ? "true" : "false"),
            more ? new XElement(Xml + "NextContinuationToken", page[^1]) : null,
            page.Select(key => new XElement(Xml + "Contents", new XElement(Xml + "Key", key), new XElement(Xml + "Size", _objects[key].Body.Length), new XElement(Xml + "ETag", _objects[key].ETag)))));
    }

    public S3Answer Begin(string key, IHeaderDictionary headers)
    {
        var id = Guid.NewGuid().ToString("N");
        _uploads.Add(id, new Upload(key, [], Metadata(headers)));
        return Document(new XElement(Xml + "InitiateMultipartUploadResult", new XElement(Xml + "Key", key), new XElement(Xml + "UploadId", id)));
    }

    public S3Answer PutPart(string id, int number, byte[] body)
    {
        if (!_uploads.TryGetValue(id, out var upload))
            return Error(404, "NoSuchUpload");
        upload.Parts[number] = body;
        return new S3Answer(200, [], $"\"{Md5(body)}\"");
    }

    public S3Answer Complete(string key, string id, IHeaderDictionary headers, byte[] body)
    {
        if (!_uploads.TryGetValue(id, out var upload) || upload.Key != key)
            return Error(404, "NoSuchUpload");
        if (Refusal(key, headers) is { } refusal)
            return refusal;
        var parts = XElement.Load(new MemoryStream(body)).Elements(Xml + "Part")
            .Select(part => (Number: (int)part.Element(Xml + "PartNumber")!, ETag: part.Element(Xml + "ETag")!.Value)).ToList();
        if (parts.Exists(part => !upload.Parts.TryGetValue(part.Number, out var bytes) || $"\"{Md5(bytes)}\"" != part.ETag))
            return Error(400, "InvalidPart");
        if (parts.SkipLast(1).Any(part => upload.Parts[part.Number].Length < SmallestPart))
            return Error(400, "EntityTooSmall");
        var hashes = parts.SelectMany(part => MD5.HashData(upload.Parts[part.Number])).ToArray();
        var etag = string.Create(CultureInfo.InvariantCulture, $"\"{Md5(hashes)}-{parts.Count}\"");
        Store(key, new Stored([.. parts.SelectMany(part => upload.Parts[part.Number])], etag, upload.Metadata));
        _uploads.Remove(id);
        return Document(new XElement(Xml + "CompleteMultipartUploadResult", new XElement(Xml + "Key", key), new XElement(Xml + "ETag", etag)));
    }

    public S3Answer Abort(string id) => _uploads.Remove(id) ? new S3Answer(204, []) : Error(404, "NoSuchUpload");

    public static S3Answer Error(int status, string code) => Document(
        new XElement("Error", new XElement("Code", code), new XElement("Message", $"That is {code}."))) with { Status = status };

    private S3Answer? Refusal(string key, IHeaderDictionary headers)
    {
        var present = _objects.GetValueOrDefault(key);
        if (headers.IfNoneMatch == "*" && present is not null && !Ignored.Contains("If-None-Match"))
            return Error(412, "PreconditionFailed");
        if (headers.IfMatch.Count == 0)
            return null;
        if (present is null)
            return Ignored.Contains("If-Match on an object that does not exist") ? null : Error(404, "NoSuchKey");
        return headers.IfMatch != present.ETag && !Ignored.Contains("If-Match") ? Error(412, "PreconditionFailed") : null;
    }

    private S3Answer Store(string key, Stored stored)
    {
        _objects[key] = stored;
        return new S3Answer(200, [], stored.ETag);
    }

    private static Dictionary<string, string> Metadata(IHeaderDictionary headers) =>
        headers.Where(header => header.Key.StartsWith("x-amz-meta-", StringComparison.OrdinalIgnoreCase))
            .ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.Ordinal);

    private static S3Answer Document(XElement root) => new(200, Encoding.UTF8.GetBytes(root.ToString()));

    private static string Md5(byte[] bytes) => Convert.ToHexStringLower(MD5.HashData(bytes));

    private sealed record Stored(byte[] Body, string ETag, IReadOnlyDictionary<string, string> Metadata);

    private sealed record Upload(string Key, Dictionary<int, byte[]> Parts, IReadOnlyDictionary<string, string> Metadata);
}

/// <summary>Response to a request.</summary>
internal sealed record S3Answer(int Status, byte[] Body, string? ETag = null, IReadOnlyDictionary<string, string>? Metadata = null, long? Length = null);
