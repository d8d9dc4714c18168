using System.Globalization;
using Microsoft.Extensions.Options;

namespace RagApp.Ingestion.Maintenance;

/// <summary>Runs verbs, and turns every outcome into an exit code with a sentence. Of the verbs that run alone, it runs one at a time.</summary>
internal sealed class MaintenanceRunner(
    MaintenanceVerbs verbs, IServiceScopeFactory scopes, TimeProvider time, ILogger<MaintenanceRunner> logger)
{
    private readonly Lock _lock = new();
    private string? _alone;

    /// <param name="starter">The person or program that started the verb, named to others who have to wait.</param>
    /// <returns>The last update: the exit code, and the error if there was one.</returns>
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
