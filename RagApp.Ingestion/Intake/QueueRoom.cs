using System.Net;
using Microsoft.Extensions.Options;
using RagApp.Contracts.Http;
using RagApp.Storage.Documents;
using RagApp.Storage.Queue;

namespace RagApp.Ingestion.Intake;

/// <summary>
/// Shares the queue among tenants. A tenant may hold as many places as are left free, so one tenant alone fills at most
/// half of the queue and two fill a third each, and the next tenant always finds room. Bulk uploads may hold half as
/// many, so that a person's single file finds room beside a folder of thousands.
/// </summary>
internal sealed class QueueRoom(IJobQueue queue, IOptions<IntakeOptions> options)
{
    /// <exception cref="ProblemException">429: the tenant has no place left.</exception>
    public async Task RequireAsync(string tenant, JobPriority priority, CancellationToken cancellationToken)
    {
        var backlog = await queue.GetBacklogAsync(tenant, cancellationToken);
        var free = options.Value.MaxQueueDepth - backlog.Total;
        var share = priority == JobPriority.Bulk ? (free + 1) / 2 : free;
        if (backlog.Tenant >= share)
            throw new ProblemException(
                HttpStatusCode.TooManyRequests,
                $"Too many documents are waiting to be read, {backlog.Tenant:N0} of them yours. Try again in a moment.")
            {
                RetryAfter = options.Value.RetryAfter,
            };
    }
}
