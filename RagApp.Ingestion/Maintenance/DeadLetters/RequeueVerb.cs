using System.Globalization;
using RagApp.Ingestion.Processing.Jobs;
using RagApp.Storage.Queue;

namespace RagApp.Ingestion.Maintenance.DeadLetters;

/// <summary><c>maintenance requeue</c>: puts dead letters back into the queue, after their cause has been repaired.</summary>
internal sealed class RequeueVerb(DeadLetterQueue letters) : IMaintenanceVerb
{
    private const string All = "--all";

    public static VerbDescription Description { get; } = new(
        "requeue",
        "has given-up jobs worked on again",
        "Names documents by their ids, as 'dead' shows them, or takes all. Their documents go from failed back to queued, with all attempts anew.")
    {
        Operands = "ID...",
        Options = [new VerbOption(All, null, "every dead job"), TenantList.Option],
    };

    public async Task<int> RunAsync(VerbArguments arguments, IProgress<VerbUpdate> progress, CancellationToken cancellationToken)
    {
        if (arguments.Has(All) == arguments.Operands.Count > 0)
            throw VerbException.Usage($"Say 'requeue ID...' or 'requeue {All}'.");
        var dead = await letters.AllAsync(arguments.Find(TenantList.Option.Name), cancellationToken);
        var chosen = arguments.Has(All) ? dead : [.. arguments.Operands.Distinct(StringComparer.Ordinal).SelectMany(id => Find(dead, id))];

        var requeued = 0;
        foreach (var letter in chosen)
        {
            requeued += await letters.RequeueAsync(letter.Job, cancellationToken) ? 1 : 0;
            progress.Status(string.Create(CultureInfo.InvariantCulture, $"{requeued:N0} of {chosen.Count:N0} requeued"));
        }
        var outdated = chosen.Count - requeued;
        progress.Line(string.Create(
            CultureInfo.InvariantCulture,
            $"{requeued:N0} requeued{(outdated > 0 ? $", {outdated:N0} thrown away: their documents have a newer version or are gone" : "")}."));
        return MaintenanceExit.Done;
    }

    private static List<DeadJob> Find(IReadOnlyList<DeadJob> dead, string id)
    {
        var found = dead.Where(letter => letter.Job.DocumentId == id).ToList();
        return found.Count > 0 ? found : throw new VerbException($"No job of document {id} is dead. 'maintenance dead' shows those that are.");
    }
}
