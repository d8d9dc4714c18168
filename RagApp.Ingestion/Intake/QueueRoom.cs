using Microsoft.Extensions.Options;
using RagApp.Storage.Queue;

namespace RagApp.Ingestion.Intake;

/// <summary>
/// Whether there is room for one more document. A tenant may hold as many places in the queue as are left free, and
/// bulk uploads stop at half of that: one alone may fill half of the queue, two a third each, and whoever comes next
/// always finds room, as does the person with a single file beside somebody's folder of thousands.
/// </summary>
internal sealed class QueueRoom(IJobQueue queue, IOptions<IntakeOptions> options)
{
    /// <exception cref="IntakeException">429: there is too much to do already.</exception>
    public async Task RequireAsync(string tenant, JobPriority priority, CancellationToken cancellationToken)
    {
        var backlog = await queue.GetBacklogAsync(tenant, cancellationToken);
        var free = options.Value.MaxQueueDepth - backlog.Total;
        var share = priority == JobPriority.Bulk ? (free + 1) / 2 : free;
        if (backlog.Tenant >= share)
            throw new IntakeException(
                StatusCodes.Status429TooManyRequests,
                $"Too many documents are waiting to be read, {backlog.Tenant:N0} of them yours. Try again in a moment.");
    }
}
