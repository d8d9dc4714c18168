using System.Diagnostics;
using OpenTelemetry;

namespace RagApp.ServiceDefaults.Telemetry;

/// <summary>
/// Removes query strings from spans, since they hold what people search for, and removes error messages, which may hold it too; a
/// span keeps the fact of the error and the exception's type. No environment variable turns this off: Aspire's host sets
/// OTEL_DOTNET_EXPERIMENTAL_ASPNETCORE_DISABLE_URL_QUERY_REDACTION and similar ones for the services it starts.
/// </summary>
internal sealed class SpanRedaction : BaseProcessor<Activity>
{
    private const string Query = "url.query";
    private const string Full = "url.full";

    public override void OnEnd(Activity data)
    {
        if (data.StatusDescription is not null)
            data.SetStatus(data.Status);
        if (data.GetTagItem(Query) is not null)
            data.SetTag(Query, null);
        if (data.GetTagItem(Full) is string url && url.IndexOf('?', StringComparison.Ordinal) is >= 0 and var at)
            data.SetTag(Full, url[..at]);
    }
}
