using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RagApp.Storage.Blobs;

namespace RagApp.Storage.S3;

/// <summary>
/// Whether the server holds the conditions of writes. Some take the headers and write all the same: two writers would
/// then overwrite each other's manifests unseen. Tried once on an object of its own; no writer goes on without it.
/// </summary>
internal sealed class ConditionProbe(S3Client client, IOptions<S3Options> options, ILogger<ConditionProbe> logger) : IDisposable
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

    /// <summary>Where its objects are, for the moment that they live.</summary>
    public static string Folder(S3Options options) => options.Prefix.Length == 0 ? ".probe/" : $"{options.Prefix}/.probe/";

    private async Task ProbeAsync(CancellationToken cancellationToken)
    {
        var key = $"{Folder(options.Value)}{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}";
        var ignored = await FindIgnoredAsync(key, cancellationToken);
        using (await client.SendAsync(new S3Request(HttpMethod.Delete, key), cancellationToken))
        {
            if (ignored is not null)
                throw Ignored(ignored);
        }
    }

    /// <summary>A condition that does not hold and was written over all the same; null when there is none.</summary>
    private async Task<string?> FindIgnoredAsync(string key, CancellationToken cancellationToken)
    {
        var unknown = BlobCondition.IfUnchanged(new string('0', 32));
        if (await TryWriteAsync(key, unknown, cancellationToken))
            return "'If-Match' on an object that does not exist"; // as MinIO did until 2025: a deleted document would come back
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
        await new S3Upload(client, logger, key, Conditions.Headers(condition)).WriteAsync(part, Stream.Null, cancellationToken);
    }

    private S3Exception Ignored(string condition) => new(
        $"The S3 server {options.Value.Endpoint} ignores {condition}: two writers could overwrite each other's changes unseen. "
        + "Use a server that honours conditional writes (docs/operations.md names some), or set Storage:S3:SingleWriter=true and run a single replica of the ingestion.",
        "ConditionsIgnored", status: null, isTransient: false);
}
