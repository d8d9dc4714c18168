using System.Security.Cryptography;
using Amazon.S3.Model;
using Microsoft.Extensions.Logging;
using RagApp.Storage.Blobs;

namespace RagApp.Storage.S3;

/// <summary>
/// Writes one blob: in one call when it is smaller than a part, else as a multipart upload with one part in memory. Every write has
/// a random id in its metadata. When a retry is refused by the write's own condition, the id shows whether an earlier attempt has
/// written the blob.
/// </summary>
internal sealed class S3Upload(S3Bucket bucket, S3Options options, TimeProvider time, ILogger logger, string key, BlobCondition condition)
{
    private const string WriteIdName = "x-amz-meta-ragapp-write";
    private const int MaxParts = 10_000;
    private static readonly TimeSpan AbortTimeout = TimeSpan.FromSeconds(30);

    private readonly string _writeId = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
    private readonly string? _ifMatch = condition.ETag is { } etag ? $"\"{etag}\"" : null;
    private readonly string? _ifNoneMatch = condition.MustBeNew ? "*" : null;

    /// <summary>Writes the blob; returns its entity tag.</summary>
    /// <param name="first">The first part, already read from <paramref name="content"/>, which has the rest.</param>
    public async Task<string> WriteAsync(PartBuffer first, Stream content, CancellationToken cancellationToken)
    {
        try
        {
            return first.IsFull
                ? await WritePartsAsync(first, content, cancellationToken)
                : await WriteWholeAsync(first, cancellationToken);
        }
        catch (S3Exception exception) when (!exception.IsTransient)
        {
            if (await FindOwnAsync(cancellationToken) is { } etag)
                return etag;
            throw;
        }
    }

    private async Task<string> WriteWholeAsync(PartBuffer part, CancellationToken cancellationToken)
    {
        var response = await bucket.CallAsync((s3, token) => s3.PutObjectAsync(
            new PutObjectRequest
            {
                BucketName = options.Bucket,
                Key = key,
                InputStream = part.OpenRead(),
                UseChunkEncoding = false, // the body is signed as a whole: not every server supports Amazon's chunked encoding
                Metadata = { [WriteIdName] = _writeId },
                IfMatch = _ifMatch,
                IfNoneMatch = _ifNoneMatch,
            },
            token), cancellationToken);
        return ETags.Bare(response.ETag);
    }

    private async Task<string> WritePartsAsync(PartBuffer part, Stream content, CancellationToken cancellationToken)
    {
        var begun = await bucket.CallAsync((s3, token) => s3.InitiateMultipartUploadAsync(
            new InitiateMultipartUploadRequest { BucketName = options.Bucket, Key = key, Metadata = { [WriteIdName] = _writeId } }, token), cancellationToken);
        try
        {
            var parts = new List<PartETag>();
            do
            {
                parts.Add(await WritePartAsync(begun.UploadId, parts.Count + 1, part, cancellationToken));
                await part.FillAsync(content, cancellationToken);
            }
            while (part.Length > 0);
            return await CompleteAsync(begun.UploadId, parts, cancellationToken);
        }
        catch
        {
            await AbortAsync(begun.UploadId);
            throw;
        }
    }

    private async Task<PartETag> WritePartAsync(string upload, int number, PartBuffer part, CancellationToken cancellationToken)
    {
        if (number > MaxParts)
            throw new NotSupportedException($"On S3 a document has at most {(long)MaxParts * PartBuffer.PartBytes >> 30} GiB: lower Intake:MaxFileBytes.");
        var response = await bucket.CallAsync((s3, token) => s3.UploadPartAsync(
            new UploadPartRequest
            {
                BucketName = options.Bucket,
                Key = key,
                UploadId = upload,
                PartNumber = number,
                InputStream = part.OpenRead(),
                UseChunkEncoding = false,
            },
            token), cancellationToken);
        return new PartETag(number, response.ETag);
    }

    /// <summary>Completes the upload. The condition is checked in this step, which makes the blob visible.</summary>
    private async Task<string> CompleteAsync(string upload, List<PartETag> parts, CancellationToken cancellationToken)
    {
        var response = await bucket.CallAsync((s3, token) => s3.CompleteMultipartUploadAsync(
            new CompleteMultipartUploadRequest
            {
                BucketName = options.Bucket, Key = key, UploadId = upload, PartETags = parts, IfMatch = _ifMatch, IfNoneMatch = _ifNoneMatch,
            },
            token), cancellationToken);
        return ETags.Bare(response.ETag);
    }

    /// <summary>Aborts an upload: the parts of an upload that is never completed would stay, and cost money.</summary>
    private async Task AbortAsync(string upload)
    {
        using var timeout = new CancellationTokenSource(AbortTimeout, time);
        try
        {
            await bucket.CallAsync((s3, token) => s3.AbortMultipartUploadAsync(options.Bucket, key, upload, token), timeout.Token);
        }
        catch (S3Exception exception) when (exception.Code == "NoSuchUpload")
        {
            // the upload was completed after all, or no longer exists
        }
        catch (Exception exception) when (exception is S3Exception or OperationCanceledException)
        {
            logger.PartsLeft(exception);
        }
    }

    /// <summary>Entity tag of the present object when this write made it; else null.</summary>
    private async Task<string?> FindOwnAsync(CancellationToken cancellationToken)
    {
        try
        {
            var present = await bucket.CallAsync((s3, token) => s3.GetObjectMetadataAsync(options.Bucket, key, token), cancellationToken);
            return string.Equals(present.Metadata[WriteIdName], _writeId, StringComparison.Ordinal) ? ETags.Bare(present.ETag) : null;
        }
        catch (S3Exception exception) when (exception.IsNoSuchKey)
        {
            return null;
        }
    }
}
