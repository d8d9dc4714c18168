using System.Globalization;
using Microsoft.Extensions.Options;

namespace RagApp.Ingestion.Maintenance;

/// <summary>Runs verbs, one at a time of those that run alone, and turns whatever happens into an exit code with a sentence.</summary>
internal sealed class MaintenanceRunner(
    MaintenanceVerbs verbs, IServiceScopeFactory scopes, TimeProvider time, ILogger<MaintenanceRunner> logger)
{
    private readonly Lock _lock = new();
    private string? _alone;

    /// <param name="starter">Who asked for it, as the next one who has to wait reads it.</param>
    /// <returns>The last update: the exit code and what went wrong, if anything.</returns>
    public async Task<VerbUpdate> RunAsync(
        string name, VerbArguments arguments, string starter, IProgress<VerbUpdate> progress, CancellationToken cancellationToken)
    {
        try
        {
            var verb = verbs.Find(name)
                ?? throw VerbException.Usage($"There is no verb '{name}': {string.Join(", ", verbs.Entries.Select(entry => entry.Description.Name))}.");
            using var alone = verb.Description.RunsAlone ? TakeTurn(name, starter) : null;
            await using var scope = scopes.CreateAsyncScope();
            var started = time.GetTimestamp();
            logger.VerbStarted(name, starter);
            var exit = await ((IMaintenanceVerb)scope.ServiceProvider.GetRequiredService(verb.Type)).RunAsync(arguments, progress, cancellationToken);
            logger.VerbEnded(name, exit, time.GetElapsedTime(started));
            return new VerbUpdate(VerbUpdateKind.End, "", exit);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            logger.VerbCancelled(name);
            return new VerbUpdate(VerbUpdateKind.End, "Cancelled.", MaintenanceExit.Cancelled);
        }
        catch (VerbException exception)
        {
            return new VerbUpdate(VerbUpdateKind.End, exception.Message, exception.Exit);
        }
        catch (OptionsValidationException exception)
        {
            return new VerbUpdate(VerbUpdateKind.End, string.Join(' ', exception.Failures), MaintenanceExit.Failed);
        }
        catch (Exception exception)
        {
            logger.VerbFailed(name, exception);
            return new VerbUpdate(VerbUpdateKind.End, exception.Message, MaintenanceExit.Failed);
        }
    }

    private Turn TakeTurn(string name, string starter)
    {
        lock (_lock)
        {
            if (_alone is { } running)
                throw new VerbException($"{running}: wait for it, or cancel it there.", MaintenanceExit.Busy);
            _alone = string.Create(CultureInfo.InvariantCulture, $"'{name}' has been running since {time.GetLocalNow():HH:mm:ss}, started by {starter}");
            return new Turn(this);
        }
    }

    private sealed class Turn(MaintenanceRunner runner) : IDisposable
    {
        public void Dispose()
        {
            lock (runner._lock)
                runner._alone = null;
        }
    }
}
