using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using RagApp.Contracts.Http;
using RagApp.Contracts.Identity;
using RagApp.Gateway.Authentication.Keys;
using RagApp.ServiceDefaults.Identity;
using RagApp.Storage.Journals;

namespace RagApp.Gateway.Audit;

/// <summary>Endpoint of the tenant's audit journal, for auditors: JSON Lines, as they are stored.</summary>
internal static class AuditApi
{
    private const char LineBreak = '\n';

    public static RouteHandlerBuilder MapAudit(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/v1/audit", Export)
            .RequireAuthorization()
            .WithScope(KeyScope.Admin)
            .WithTags("Administration")
            .WithName("exportAudit")
            .WithSummary("Export the audit journal as JSON Lines")
            .Produces(StatusCodes.Status200OK, contentType: "application/jsonl")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound);

    private static PushStreamHttpResult Export(
        CallerPrincipal caller, DateTimeOffset? from, DateTimeOffset? to, IServiceProvider services, CancellationToken cancellationToken)
    {
        if (!caller.Principal.Roles.Contains(Role.Auditor, StringComparer.Ordinal))
            throw new ProblemException(HttpStatusCode.Forbidden, $"Reading the audit journal needs the role '{Role.Auditor}'.");
        if (from > to)
            throw ProblemException.BadRequest("'from' is after 'to'.");
        var journal = services.GetService<IAuditJournal>()
            ?? throw new ProblemException(HttpStatusCode.NotFound, "There is no audit journal here: the operator has to give the gateway a data folder or a bucket.");
        var records = journal.ReadAsync(caller.Principal.Tenant, from ?? DateTimeOffset.MinValue, to ?? DateTimeOffset.MaxValue, cancellationToken);
        return TypedResults.Stream(body => WriteAsync(body, records, cancellationToken), AuditLines.ContentType);
    }

    /// <summary>Writes the records. A damaged segment breaks the response off, so that no client takes it for the whole journal.</summary>
    private static async Task WriteAsync(Stream body, IAsyncEnumerable<AuditRecord> records, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var record in records)
                await body.WriteAsync(Encoding.UTF8.GetBytes(AuditLines.Of(record) + LineBreak), cancellationToken);
        }
        catch (DamagedJournalException damage)
        {
            throw new ProblemException(
                HttpStatusCode.InternalServerError, "The audit journal is damaged. Whoever runs this application finds out more by 'maintenance audit verify'.", damage);
        }
    }
}
