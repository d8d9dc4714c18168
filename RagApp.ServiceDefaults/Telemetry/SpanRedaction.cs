using System.Diagnostics;
using OpenTelemetry;

namespace RagApp.ServiceDefaults.Telemetry;

/// <summary>
/// Takes query strings out of spans, whatever the environment asks for: they hold what people look for. A message of an
/// error may hold what was asked, too: a span keeps that it failed, and the exception's type. Aspire's host sets
/// OTEL_DOTNET_EXPERIMENTAL_ASPNETCORE_DISABLE_URL_QUERY_REDACTION and its like for what it starts.
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
