using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Microsoft.Extensions.Logging;

namespace RagApp.Storage.S3;

/// <summary>
/// Writes one blob: in one call when it fits into a part, else part by part, with one part in memory. Every write
/// carries a number of its own, so that after an attempt without a clear answer it can be seen whether that one took
/// place: a later attempt is refused by the very condition that the first one fulfilled.
/// </summary>
internal sealed class S3Upload(S3Client client, ILogger logger, string key, IReadOnlyDictionary<string, string> conditions)
{
    private const string WriteHeader = "x-amz-meta-ragapp-write";
    private const int MaxParts = 10_000;
    private static readonly TimeSpan AbortPatience = TimeSpan.FromSeconds(30);
    private static readonly XNamespace Xml = S3Xml.Namespace;

    private readonly string _write = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <summary>Returns the entity tag.</summary>
    /// <param name="first">Filled from <paramref name="content"/>, which has the rest.</param>
    public async Task<string> WriteAsync(PartBuffer first, Stream content, CancellationToken cancellationToken)
    {
        try
        {
            return first.IsFull
                ? await WritePartsAsync(first, content, cancellationToken)
                : await WriteWholeAsync(first.Content, cancellationToken);
        }
        catch (S3Exception exception) when (exception is { AfterUnclearAttempt: true, IsTransient: false })
        {
            if (await FindOwnAsync(cancellationToken) is { } etag)
                return etag;
            throw;
        }
    }

    private async Task<string> WriteWholeAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        var headers = new Dictionary<string, string>(conditions, StringComparer.Ordinal) { [WriteHeader] = _write };
        using var response = await client.SendAsync(new S3Request(HttpMethod.Put, key) { Headers = headers, Body = bytes }, cancellationToken);
        return ETags.Of(response);
    }

    private async Task<string> WritePartsAsync(PartBuffer part, Stream content, CancellationToken cancellationToken)
    {
        var upload = await BeginAsync(cancellationToken);
        try
        {
            var tags = new List<string>();
            do
            {
                tags.Add(await WritePartAsync(upload, tags.Count + 1, part.Content, cancellationToken));
                await part.FillAsync(content, cancellationToken);
            }
            while (part.Content.Length > 0);
            return await CompleteAsync(upload, tags, cancellationToken);
        }
        catch
        {
            await AbortAsync(upload);
            throw;
        }
    }

    private async Task<string> BeginAsync(CancellationToken cancellationToken)
    {
        var request = new S3Request(HttpMethod.Post, key)
        {
            Query = { ["uploads"] = "" },
            Headers = new Dictionary<string, string>(StringComparer.Ordinal) { [WriteHeader] = _write },
        };
        using var response = await client.SendAsync(request, cancellationToken);
        return (await S3Xml.ReadAsync(response, cancellationToken)).Text("UploadId")
            ?? throw new InvalidDataException("The S3 server began an upload without an id.");
    }

    private async Task<string> WritePartAsync(string upload, int number, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        if (number > MaxParts)
            throw new NotSupportedException($"On S3 a document has at most {(long)MaxParts * PartBuffer.PartBytes >> 30} GiB: lower Intake:MaxFileBytes.");
        var request = new S3Request(HttpMethod.Put, key)
        {
            Query = { ["partNumber"] = number.ToString(CultureInfo.InvariantCulture), ["uploadId"] = upload },
            Body = bytes,
        };
        using var response = await client.SendAsync(request, cancellationToken);
        return ETags.Of(response);
    }

    /// <summary>The condition belongs to this step, which makes the blob.</summary>
    private async Task<string> CompleteAsync(string upload, List<string> tags, CancellationToken cancellationToken)
    {
        var parts = tags.Select((tag, i) => new XElement(Xml + "Part", new XElement(Xml + "PartNumber", i + 1), new XElement(Xml + "ETag", ETags.Header(tag))));
        var body = new XElement(Xml + "CompleteMultipartUpload", parts).ToString(SaveOptions.DisableFormatting);
        var request = new S3Request(HttpMethod.Post, key)
        {
            Query = { ["uploadId"] = upload },
            Headers = conditions,
            Body = Encoding.UTF8.GetBytes(body),
        };
        using var response = await client.SendAsync(request, cancellationToken);
        return (await S3Xml.ReadAsync(response, cancellationToken)).Text("ETag") is { } etag
            ? ETags.Bare(etag)
            : throw new InvalidDataException("The S3 server completed an upload without an entity tag.");
    }

    /// <summary>Parts of an upload that is never completed would stay, and be paid for.</summary>
    private async Task AbortAsync(string upload)
    {
        using var patience = new CancellationTokenSource(AbortPatience);
        try
        {
            using var response = await client.SendAsync(
                new S3Request(HttpMethod.Delete, key) { Query = { ["uploadId"] = upload } }, patience.Token);
        }
        catch (S3Exception exception) when (exception.Code == "NoSuchUpload")
        {
            // it was completed after all, or is gone
        }
        catch (Exception exception) when (exception is S3Exception or OperationCanceledException)
        {
            logger.PartsLeft(exception);
        }
    }

    /// <summary>The tag of what is there now, if this write made it.</summary>
    private async Task<string?> FindOwnAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var response = await client.SendAsync(new S3Request(HttpMethod.Head, key), cancellationToken);
            return response.Headers.TryGetValues(WriteHeader, out var values) && string.Equals(values.First(), _write, StringComparison.Ordinal)
                ? ETags.Of(response)
                : null;
        }
        catch (S3Exception exception) when (exception.IsNoSuchKey)
        {
            return null;
        }
    }
}
