using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Amazon.S3.Model;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RagApp.Storage.Blobs;

namespace RagApp.Storage.S3;

/// <summary>
/// Stores blobs as objects of a bucket. S3 shows an object whole or not at all, and a write that was answered is durable. The
/// server checks the conditions of writes (<c>If-None-Match</c>, <c>If-Match</c>), which <see cref="ConditionProbe"/> verifies.
/// With <see cref="S3Options.SingleWriter"/> this process checks them itself.
/// </summary>
internal sealed class S3BlobStore(
    S3Bucket bucket, ConditionProbe probe, IOptions<S3Options> options, TimeProvider time, ILogger<S3BlobStore> logger) : IBlobStore
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
            throw new BlobConflictException(key); // no such key: the condition names a tag, but the object was deleted
        }
    }

    public async Task<Stream?> ReadAsync(string key, CancellationToken cancellationToken) => (await OpenAsync(key, cancellationToken))?.Content;

    public async Task<Blob?> OpenAsync(string key, CancellationToken cancellationToken)
    {
        _ = BlobKey.Split(key);
        try
        {
            var response = await bucket.CallAsync((s3, token) => s3.GetObjectAsync(options.Value.Bucket, _root + key, token), cancellationToken);
            return new Blob(new S3ReadStream(key, response, options.Value.Timeout, time), ETags.Bare(response.ETag));
        }
        catch (S3Exception exception) when (exception.IsNoSuchKey)
        {
            return null;
        }
    }

    public Task<DateTimeOffset?> FindWrittenAtAsync(string key, CancellationToken cancellationToken)
    {
        _ = BlobKey.Split(key);
        return HeadAsync<DateTimeOffset?>(key, response => response.LastModified, cancellationToken);
    }

    public async Task DeleteAsync(string key, CancellationToken cancellationToken)
    {
        _ = BlobKey.Split(key);
        try
        {
            await bucket.CallAsync((s3, token) => s3.DeleteObjectAsync(options.Value.Bucket, _root + key, token), cancellationToken);
        }
        catch (S3Exception exception) when (exception.IsNoSuchKey)
        {
            // the object does not exist; S3 itself answers 204
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

    /// <summary>The next page of keys, at most a thousand, the limit of servers.</summary>
    private async Task<(IReadOnlyList<string> Keys, bool More)> ListPageAsync(string prefix, string after, CancellationToken cancellationToken)
    {
        var request = new ListObjectsV2Request { BucketName = options.Value.Bucket, Prefix = prefix, StartAfter = after.Length > 0 ? after : null };
        var page = await bucket.CallAsync((s3, token) => s3.ListObjectsV2Async(request, token), cancellationToken);
        return page.S3Objects is { Count: > 0 } objects ? ([.. objects.Select(item => item.Key)], page.IsTruncated == true) : ([], false);
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
        HeadAsync<string?>(key, response => ETags.Bare(response.ETag), cancellationToken);

    /// <summary>Reads from the headers of an object; the default value when the object does not exist.</summary>
    private async Task<T?> HeadAsync<T>(string key, Func<GetObjectMetadataResponse, T?> read, CancellationToken cancellationToken)
    {
        try
        {
            return read(await bucket.CallAsync((s3, token) => s3.GetObjectMetadataAsync(options.Value.Bucket, _root + key, token), cancellationToken));
        }
        catch (S3Exception exception) when (exception.IsNoSuchKey)
        {
            return default;
        }
    }

    private S3Upload Upload(string key, BlobCondition condition) => 
        new(bucket, options.Value, time, logger, _root + key, condition);
}
