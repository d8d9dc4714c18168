using System.Net;
using RagApp.Contracts.Http;

namespace RagApp.Cli.Ingest;

/// <summary>One run of <c>ingest</c>: scans the folder, sends new and changed files, follows their processing, and reports.</summary>
internal sealed class IngestRun(IngestSettings settings, IngestClient gateway)
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(200);

    private readonly Tally _tally = new();
    private readonly RetryBackoff _backoff = new(TimeProvider.System);

    /// <summary>Executes the run and returns its exit code, see <see cref="ExitCode"/>.</summary>
    public static async Task<int> ExecuteAsync(IngestSettings settings, CancellationToken cancellationToken)
    {
        using var gateway = new IngestClient(settings.Server, settings.ApiKey);
        try
        {
            return await new IngestRun(settings, gateway).RunAsync(cancellationToken);
        }
        catch (CouldNotRunException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return ExitCode.CouldNotRun;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return ExitCode.Interrupted;
        }
    }

    private async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        if (!settings.Folder.Exists)
            throw new CouldNotRunException($"There is no folder {settings.Folder.FullName}.");
        await RequireServerAsync(cancellationToken);
        var (files, problems) = new FolderScan(settings).Run(cancellationToken);
        _tally.Found = files.Count + problems.Count;
        foreach (var problem in problems)
            _tally.Fail(problem.Path, problem.Reason);

        var interrupted = false;
        try
        {
            await IngestProgress.ShowAsync(_tally, _backoff, settings, () => WorkAsync(files, cancellationToken));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            interrupted = true;
        }
        finally
        {
            await IngestReport.WriteAsync(_tally, settings, interrupted);
        }
        return interrupted ? ExitCode.Interrupted : _tally.Failed > 0 ? ExitCode.SomeFailed : ExitCode.Fine;
    }

    private async Task RequireServerAsync(CancellationToken cancellationToken)
    {
        try
        {
            await gateway.WhoAmIAsync(cancellationToken);
        }
        catch (ApiException exception) when (exception.Status == HttpStatusCode.Unauthorized)
        {
            throw new CouldNotRunException(
                settings.ApiKey.Length == 0 ? "There is no API key: set RAGAPP_API_KEY, or give --api-key." : "The server does not know this API key.", exception);
        }
        catch (Exception exception) when (exception is ApiException or HttpRequestException or IOException)
        {
            throw new CouldNotRunException($"{settings.Server} does not answer: {exception.Message} Is the address right (--server)?", exception);
        }
    }

    private async Task WorkAsync(IReadOnlyList<LocalFile> files, CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var following = settings is { Wait: true, DryRun: false } ? new Follower(gateway, _tally, TimeProvider.System).RunAsync(ended.Token) : Task.CompletedTask;
        try
        {
            await new Uploader(gateway, _backoff, settings, _tally).RunAsync(files, cancellationToken);
            while (settings.Wait && _tally.InProgress.Count > 0)
                await Task.WhenAny(following, Task.Delay(Glance, TimeProvider.System, cancellationToken)).Unwrap();
        }
        catch (Exception exception) when (exception is ApiException or HttpRequestException or IOException)
        {
            throw new CouldNotRunException($"{settings.Server} stopped answering: {exception.Message} Run it again to go on.", exception);
        }
        finally
        {
            await ended.CancelAsync();
            await following.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
