using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RagApp.Storage.Blobs;

namespace RagApp.Storage.S3;

/// <summary>
/// Blobs as objects of a bucket. S3 shows an object whole or not at all, and it is durable when the write is
/// answered. Conditions are the server's to hold (<c>If-None-Match</c>, <c>If-Match</c>), which
/// <see cref="ConditionProbe"/> makes sure of; only a single writer may hold them within its process.
/// </summary>
internal sealed class S3BlobStore(
    S3Client client, ConditionProbe probe, IOptions<S3Options> options, TimeProvider time, ILogger<S3BlobStore> logger) : IBlobStore
{
    private const int Stripes = 64;

    private readonly string _root = options.Value.Prefix.Length == 0 ? "" : options.Value.Prefix + "/";
    private readonly SemaphoreSlim[] _singleWriter = [.. Enumerable.Range(0, Stripes).Select(_ => new SemaphoreSlim(1, 1))];

    public async Task<string> PutAsync(string key, Stream content, BlobCondition condition, CancellationToken cancellationToken)
    {
        _ = BlobKey.Split(key);
        using var first = new PartBuffer();
        await first.FillAsync(content, cancellationToken);
        if (condition == BlobCondition.None)
            return await Upload(key, condition).WriteAsync(first, content, cancellationToken);
        if (options.Value.SingleWriter)
            return await WriteAloneAsync(key, first, content, condition, cancellationToken);

        await probe.RequireAsync(cancellationToken);
        try
        {
            return await Upload(key, condition).WriteAsync(first, content, cancellationToken);
        }
        catch (S3Exception exception) when (exception.Code == "PreconditionFailed" || exception.IsNoSuchKey)
        {
            throw new BlobConflictException(key); // no such key: it was to be unchanged, and is gone
        }
    }

    public async Task<Stream?> ReadAsync(string key, CancellationToken cancellationToken) => (await OpenAsync(key, cancellationToken))?.Content;

    public async Task<Blob?> OpenAsync(string key, CancellationToken cancellationToken)
    {
        _ = BlobKey.Split(key);
        try
        {
            var response = await client.SendAsync(new S3Request(HttpMethod.Get, _root + key) { IsStreamed = true }, cancellationToken);
            var body = await response.Content.ReadAsStreamAsync(cancellationToken);
            return new Blob(new S3ReadStream(key, response, body, options.Value.Timeout, time), ETags.Of(response));
        }
        catch (S3Exception exception) when (exception.IsNoSuchKey)
        {
            return null;
        }
    }

    public Task<DateTimeOffset?> FindWrittenAtAsync(string key, CancellationToken cancellationToken)
    {
        _ = BlobKey.Split(key);
        return HeadAsync(key, response => response.Content.Headers.LastModified, cancellationToken);
    }

    public async Task DeleteAsync(string key, CancellationToken cancellationToken)
    {
        _ = BlobKey.Split(key);
        try
        {
            using var response = await client.SendAsync(new S3Request(HttpMethod.Delete, _root + key), cancellationToken);
        }
        catch (S3Exception exception) when (exception.IsNoSuchKey)
        {
            // as good as deleted; S3 itself answers 204
        }
    }

    public async IAsyncEnumerable<string> ListAsync(string prefix, string? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var under = _root + (prefix.Length == 0 ? "" : string.Join('/', BlobKey.Split(prefix)) + "/");
        var last = after is null ? "" : _root + after;
        for (var more = true; more;)
        {
            (var keys, more) = await ListPageAsync(under, last, cancellationToken);
            foreach (var key in keys)
            {
                if (string.CompareOrdinal(key, last) <= 0)
                    throw new InvalidDataException($"The S3 server lists '{key}' after '{last}': it must list in the order of the keys' bytes, and go on after 'start-after'.");
                last = key;
                yield return key[_root.Length..];
            }
        }
    }

    /// <summary>
    /// Up to a thousand keys:
    /// <code>&lt;ListBucketResult&gt;&lt;IsTruncated&gt;false&lt;/IsTruncated&gt;&lt;Contents&gt;&lt;Key&gt;a/b&lt;/Key&gt; ...</code>
    /// </summary>
    private async Task<(IReadOnlyList<string> Keys, bool More)> ListPageAsync(string prefix, string after, CancellationToken cancellationToken)
    {
        var request = new S3Request(HttpMethod.Get, "") { Query = { ["list-type"] = "2", ["prefix"] = prefix } };
        if (after.Length > 0)
            request.Query["start-after"] = after;
        using var response = await client.SendAsync(request, cancellationToken);
        var page = await S3Xml.ReadAsync(response, cancellationToken);
        var keys = page.Children("Contents").Select(item => item.Text("Key")!).ToList();
        return (keys, keys.Count > 0 && string.Equals(page.Text("IsTruncated"), "true", StringComparison.OrdinalIgnoreCase));
    }

    private async Task<string> WriteAloneAsync(string key, PartBuffer first, Stream content, BlobCondition condition, CancellationToken cancellationToken)
    {
        var stripe = _singleWriter[SHA256.HashData(Encoding.UTF8.GetBytes(key))[0] % Stripes];
        await stripe.WaitAsync(cancellationToken);
        try
        {
            var present = await FindTagAsync(key, cancellationToken);
            if (condition.MustBeNew ? present is not null : !string.Equals(present, condition.ETag, StringComparison.Ordinal))
                throw new BlobConflictException(key);
            return await Upload(key, BlobCondition.None).WriteAsync(first, content, cancellationToken);
        }
        finally
        {
            stripe.Release();
        }
    }

    private Task<string?> FindTagAsync(string key, CancellationToken cancellationToken) =>
        HeadAsync<string?>(key, ETags.Of, cancellationToken);

    /// <summary>What the headers of an object say; the default when there is none.</summary>
    private async Task<T?> HeadAsync<T>(string key, Func<HttpResponseMessage, T?> read, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await client.SendAsync(new S3Request(HttpMethod.Head, _root + key), cancellationToken);
            return read(response);
        }
        catch (S3Exception exception) when (exception.IsNoSuchKey)
        {
            return default;
        }
    }

    private S3Upload Upload(string key, BlobCondition condition) => new(client, logger, _root + key, Conditions.Headers(condition));
}
