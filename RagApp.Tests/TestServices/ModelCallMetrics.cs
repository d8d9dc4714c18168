using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace RagApp.Tests.TestServices;

/// <summary>
/// Collects the metrics of model calls (OpenTelemetry's conventions for GenAI) of all tests that run at the same time. Every
/// client has its own meter, and all these meters have the same name.
/// </summary>
internal sealed class ModelCallMetrics : IDisposable
{
    private const string Durations = "gen_ai.client.operation.duration";
    private const string Tokens = "gen_ai.client.token.usage";

    private readonly MeterListener _listener = new();
    private readonly ConcurrentQueue<(string Instrument, double Value, Dictionary<string, object?> Tags)> _measured = [];

    public ModelCallMetrics()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == "Experimental.Microsoft.Extensions.AI" && instrument.Name is Durations or Tokens)
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.Start();
    }

    /// <summary>Provider names of the timed calls of one operation to one model.</summary>
    public IEnumerable<object?> ProvidersOf(string operation, string model) =>
        Of(Durations, operation, model).Select(measured => measured.Tags["gen_ai.provider.name"]);

    /// <summary>Counts of <c>input</c> or <c>output</c> tokens, call by call.</summary>
    public IEnumerable<double> TokensOf(string operation, string model, string type) =>
        Of(Tokens, operation, model).Where(measured => Equals(measured.Tags["gen_ai.token.type"], type)).Select(measured => measured.Value);

    public void Dispose() => _listener.Dispose();

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        _measured.Enqueue((instrument.Name, value, new Dictionary<string, object?>(tags.ToArray(), StringComparer.Ordinal)));

    private IEnumerable<(double Value, Dictionary<string, object?> Tags)> Of(string instrument, string operation, string model) =>
        from measured in _measured
        where measured.Instrument == instrument && Equals(measured.Tags["gen_ai.operation.name"], operation) && Equals(measured.Tags["gen_ai.request.model"], model)
        select (measured.Value, measured.Tags);
}
