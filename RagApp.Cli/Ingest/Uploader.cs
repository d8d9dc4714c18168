using System.Net;
using System.Security.Cryptography;
using RagApp.Contracts.Documents;
using RagApp.Contracts.Http;

namespace RagApp.Cli.Ingest;

/// <summary>Sends the files that the server does not have yet, several at the same time; a failed file does not stop the others.</summary>
internal sealed class Uploader(IngestClient gateway, RetryBackoff backoff, IngestSettings settings, Tally tally)
{
    /// <summary>Number of files looked up in one request.</summary>
    private const int Batch = 500;

    public async Task RunAsync(IReadOnlyList<LocalFile> files, CancellationToken cancellationToken)
    {
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = settings.Parallel, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(DifferentAsync(files, cancellationToken), parallel, async (file, cancelled) =>
        {
            if (!settings.DryRun)
                await SendAsync(file, cancelled);
            else
                tally.Note(file.Path, "would be sent");
        });
    }

    /// <summary>Returns the files of which the server has no copy with the same bytes.</summary>
    private async IAsyncEnumerable<LocalFile> DifferentAsync(
        IReadOnlyList<LocalFile> files, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var batch in files.Chunk(Batch))
        {
            var known = await backoff.TryAsync(cancelled => gateway.LookUpAsync([.. batch.Select(file => file.Path)], cancelled), cancellationToken);
            foreach (var (file, info) in batch.Zip(known))
            {
                if (info is not null && await IsSameAsync(file, info, cancellationToken))
                    Keep(file, info);
                else
                    yield return file;
            }
        }
    }

    private void Keep(LocalFile file, DocumentInfo info)
    {
        tally.Keep();
        if (settings.Access.Count > 0 && !settings.Access.ToHashSet(StringComparer.Ordinal).SetEquals(info.Access))
            tally.Note(file.Path, $"may be read by {string.Join(", ", info.Access)}: an upload does not change that, PUT /v1/documents/{info.Id}/access does.");
        if (settings.Tags.Except(info.Tags, StringComparer.Ordinal).Any())
            tally.Note(file.Path, $"keeps the tags it has: an upload does not change them, PUT /v1/documents/{info.Id}/tags does.");
    }

    /// <summary>True when the server has the same bytes; false for a failed document, which is sent again since the cause may be gone.</summary>
    private static async Task<bool> IsSameAsync(LocalFile file, DocumentInfo info, CancellationToken cancellationToken)
    {
        if (info.Size != file.Size || info.Status == DocumentStatus.Failed)
            return false;
        try
        {
            await using var content = Open(file);
            return Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellationToken)) == info.Sha256;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false; // the upload will report the error
        }
    }

    private async Task SendAsync(LocalFile file, CancellationToken cancellationToken)
    {
        tally.Expect(file);
        try
        {
            tally.Accept(file, await backoff.TryAsync(cancelled => UploadAsync(file, cancelled), cancellationToken));
        }
        catch (ApiException exception) when (exception.Status == HttpStatusCode.Unauthorized)
        {
            throw new CouldNotRunException("The server does not know the API key any more.", exception);
        }
        catch (Exception exception) when (exception is ApiException or HttpRequestException or IOException or UnreadableFileException)
        {
            tally.Fail(file.Path, exception.Message);
        }
    }

    private async Task<DocumentInfo> UploadAsync(LocalFile file, CancellationToken cancellationToken)
    {
        await using var content = OpenOrExplain(file);
        return await gateway.UploadAsync(file, content, settings, cancellationToken);
    }

    private static FileStream OpenOrExplain(LocalFile file)
    {
        try
        {
            return Open(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UnreadableFileException(exception);
        }
    }

    private static FileStream Open(LocalFile file) => new(
        file.FullName, new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.Read, Share = FileShare.ReadWrite | FileShare.Delete, Options = FileOptions.Asynchronous | FileOptions.SequentialScan });

    /// <summary>A file that cannot be read; another try does not help.</summary>
    private sealed class UnreadableFileException(Exception cause) : Exception($"The file cannot be read: {cause.Message}", cause);
}
