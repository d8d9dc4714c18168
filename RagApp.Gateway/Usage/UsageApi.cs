using System.Net;
using Microsoft.AspNetCore.Http.HttpResults;
using RagApp.Contracts.Http;
using RagApp.Contracts.Usage;
using RagApp.Gateway.Authentication.Keys;
using RagApp.ServiceDefaults.Identity;

namespace RagApp.Gateway.Usage;

internal static class UsageApi
{
    private const string Json = "json";
    private const string Csv = "csv";

    public static RouteHandlerBuilder MapUsage(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/v1/usage", GetAsync)
            .RequireAuthorization()
            .WithScope(KeyScope.Any)
            .WithTags("Usage")
            .WithName("getUsage")
            .WithSummary("Usage and cost of model calls, and the budgets")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<Results<Ok<UsageReport>, ContentHttpResult>> GetAsync(
        CallerPrincipal caller, DateOnly? from, DateOnly? to, string? by, string? format, IServiceProvider services, TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (format is not (null or Json or Csv))
            throw ProblemException.BadRequest($"'format' is '{format}'; it is {Json} or {Csv}.");
        var reports = services.GetService<UsageReports>()
            ?? throw new ProblemException(HttpStatusCode.NotFound, "Usage is not recorded here: the operator has to give the gateway a Redis and a data folder.");
        var report = await reports.MakeAsync(caller.Principal, UsagePeriod.Of(from, to, time), UsageGrouping.Parse(by), cancellationToken);
        return format == Csv ? TypedResults.Content(UsageCsv.Write(report), UsageCsv.ContentType) : TypedResults.Ok(report);
    }
}
