using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Configuration;
using OpenTelemetry.Trace;

namespace RagApp.ServiceDefaults.Telemetry;

/// <summary>
/// Which traces are kept. A trace begins with a request or with work of ours; a call that belongs to neither is polling
/// (a look at the queue, a health probe of another service) and begins none. What belongs to a trace shares its fate, so
/// that nothing is left of a request that is not kept, but for commands to Redis that come by the dozen.
/// </summary>
/// <param name="beginnings">Decides on everything else: by its trace, and where it begins one.</param>
internal sealed class TraceSampler(Sampler beginnings) : Sampler
{
    /// <summary>One for each vector that is kept, and one for each announcement of a document's progress.</summary>
    private static readonly string[] Numerous = ["SETEX", "PUBLISH"];

    /// <summary>
    /// Keeps all traces, or the share <c>OTEL_TRACES_SAMPLER_ARG</c> of them where <c>OTEL_TRACES_SAMPLER</c> is
    /// <c>traceidratio</c> or <c>parentbased_traceidratio</c>. Other samplers of that variable are not heeded: a host
    /// that asks for <c>always_on</c> would have every health probe as a trace.
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
