using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RagApp.Storage.Blobs;

namespace RagApp.Storage.S3;

/// <summary>
/// Checks once, with a temporary object, that the server supports conditional writes. Some servers accept the headers and write
/// all the same: two writers would overwrite each other's manifests unnoticed. No conditional write happens without this check.
/// </summary>
internal sealed class ConditionProbe(S3Bucket bucket, IOptions<S3Options> options, TimeProvider time, ILogger<ConditionProbe> logger) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1, 1);
    private volatile bool _held;

    /// <exception cref="S3Exception">The server ignores conditions, refuses access, or does not answer.</exception>
    public async Task RequireAsync(CancellationToken cancellationToken)
    {
        if (_held || options.Value.SingleWriter)
            return;
        await _one.WaitAsync(cancellationToken);
        try
        {
            if (!_held)
                await ProbeAsync(cancellationToken);
            _held = true;
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    /// <summary>Folder of the temporary objects.</summary>
    public static string Folder(S3Options options) => options.Prefix.Length == 0 ? ".probe/" : $"{options.Prefix}/.probe/";

    private async Task ProbeAsync(CancellationToken cancellationToken)
    {
        var key = $"{Folder(options.Value)}{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}";
        var ignored = await FindIgnoredAsync(key, cancellationToken);
        await bucket.CallAsync((s3, token) => s3.DeleteObjectAsync(options.Value.Bucket, key, token), cancellationToken);
        if (ignored is not null)
            throw Ignored(ignored);
    }

    /// <summary>The condition that the server ignored; null when it honours all conditions.</summary>
    private async Task<string?> FindIgnoredAsync(string key, CancellationToken cancellationToken)
    {
        var unknown = BlobCondition.IfUnchanged(new string('0', 32));
        if (await TryWriteAsync(key, unknown, cancellationToken))
            return "'If-Match' on an object that does not exist"; // MinIO did so until 2025: a deleted document would come back
        await WriteAsync(key, BlobCondition.IfNew, cancellationToken);
        if (await TryWriteAsync(key, BlobCondition.IfNew, cancellationToken))
            return "'If-None-Match'";
        return await TryWriteAsync(key, unknown, cancellationToken) ? "'If-Match'" : null;
    }

    private async Task<bool> TryWriteAsync(string key, BlobCondition condition, CancellationToken cancellationToken)
    {
        try
        {
            await WriteAsync(key, condition, cancellationToken);
            return true;
        }
        catch (S3Exception exception) when (exception.Code == "PreconditionFailed" || exception.IsNoSuchKey)
        {
            return false;
        }
    }

    private async Task WriteAsync(string key, BlobCondition condition, CancellationToken cancellationToken)
    {
        using var part = new PartBuffer();
        await new S3Upload(bucket, options.Value, time, logger, key, condition).WriteAsync(part, Stream.Null, cancellationToken);
    }

    private S3Exception Ignored(string condition) => new(
        $"The S3 server {options.Value.Endpoint} ignores {condition}: two writers could overwrite each other's changes unseen. "
        + "Use a server that honours conditional writes (docs/operations.md names some), or set Storage:S3:SingleWriter=true and run a single replica of the ingestion.",
        "ConditionsIgnored", status: null, isTransient: false);
}
