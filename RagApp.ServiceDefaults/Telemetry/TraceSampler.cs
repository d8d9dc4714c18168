using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Configuration;
using OpenTelemetry.Trace;

namespace RagApp.ServiceDefaults.Telemetry;

/// <summary>
/// Decides which traces are kept. A trace begins with a request or with our own background work. An outgoing call outside of both is
/// polling (of the queue, or a health probe) and begins no trace. All spans of a trace are kept or dropped together, except for
/// frequent Redis commands, which are always dropped.
/// </summary>
/// <param name="beginnings">Sampler of all other spans; it follows the decision of their trace, and decides for new traces.</param>
internal sealed class TraceSampler(Sampler beginnings) : Sampler
{
    /// <summary>Redis commands that are too frequent: one for each cached vector, and one for each progress message of a document.</summary>
    private static readonly string[] Numerous = ["SETEX", "PUBLISH"];

    /// <summary>
    /// Creates the sampler. It keeps all traces, or the share <c>OTEL_TRACES_SAMPLER_ARG</c> of them if <c>OTEL_TRACES_SAMPLER</c> is
    /// <c>traceidratio</c> or <c>parentbased_traceidratio</c>. Other samplers are ignored: with <c>always_on</c> every health probe
    /// would be a trace.
    /// </summary>
    public static Sampler From(IConfiguration configuration)
    {
        var isRatio = configuration["OTEL_TRACES_SAMPLER"] is "traceidratio" or "parentbased_traceidratio";
        var ratio = isRatio && double.TryParse(configuration["OTEL_TRACES_SAMPLER_ARG"], CultureInfo.InvariantCulture, out var share) ? Math.Clamp(share, 0, 1) : 1;
        return new TraceSampler(new ParentBasedSampler(new TraceIdRatioBasedSampler(ratio)));
    }

    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters) =>
        samplingParameters.Kind == ActivityKind.Client && (samplingParameters.ParentContext == default || Numerous.Contains(samplingParameters.Name))
            ? new SamplingResult(SamplingDecision.Drop)
            : beginnings.ShouldSample(samplingParameters);
}
