using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using RagApp.Tests.TestServices;

namespace RagApp.Tests.Observability;

/// <summary>Receives the telemetry that services export over OTLP (HTTP, protobuf), as a dashboard or a collector does.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private StubService _server = null!;

    public string Address => _server.Address;

    public ConcurrentQueue<ReceivedSpan> Spans { get; } = [];

    public ConcurrentQueue<ReceivedMetric> Metrics { get; } = [];

    /// <summary>Raw bytes of every request (spans, logs and metrics), so that a search for a text covers everything.</summary>
    public ConcurrentQueue<byte[]> Bodies { get; } = [];

    /// <summary>Number of requests that carried logs.</summary>
    public int LogRequests => _server.Requests.Count(request => request.EndsWith("/v1/logs", StringComparison.Ordinal));

    public static async Task<OtlpReceiver> StartAsync(CancellationToken cancellationToken)
    {
        var receiver = new OtlpReceiver();
        receiver._server = await StubService.StartAsync(receiver.TakeAsync, cancellationToken);
        return receiver;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        using var copy = new MemoryStream();
        await context.Request.Body.CopyToAsync(copy, context.RequestAborted);
        var body = copy.ToArray();
        Bodies.Enqueue(body);
        if (context.Request.Path == "/v1/traces")
            ReadSpans(body);
        else if (context.Request.Path == "/v1/metrics")
            ReadMetrics(body);
        context.Response.ContentType = "application/x-protobuf";
    }

    /// <summary>ExportTraceServiceRequest: resource_spans 1 = (resource 1, scope_spans 2 = (scope 1, spans 2)).</summary>
    private void ReadSpans(byte[] body)
    {
        foreach (var resource in ProtobufFields.Of(body, 1))
        {
            var service = ServiceOf(resource);
            foreach (var scoped in ProtobufFields.Of(resource, 2))
            {
                var source = ProtobufFields.Text(ProtobufFields.Of(scoped, 1).FirstOrDefault(), 1);
                foreach (var span in ProtobufFields.Of(scoped, 2))
                    Spans.Enqueue(ReceivedSpan.Read(service, source, span));
            }
        }
    }

    /// <summary>ExportMetricsServiceRequest: resource_metrics 1 = (resource 1, scope_metrics 2 = (scope 1, metrics 2)).</summary>
    private void ReadMetrics(byte[] body)
    {
        foreach (var resource in ProtobufFields.Of(body, 1))
        {
            var service = ServiceOf(resource);
            foreach (var scoped in ProtobufFields.Of(resource, 2))
            {
                var meter = ProtobufFields.Text(ProtobufFields.Of(scoped, 1).FirstOrDefault(), 1);
                foreach (var metric in ProtobufFields.Of(scoped, 2))
                    Metrics.Enqueue(new ReceivedMetric(service, meter, ProtobufFields.Text(metric, 1), ProtobufFields.Text(metric, 2), ProtobufFields.Text(metric, 3)));
            }
        }
    }

    private static string ServiceOf(ReadOnlyMemory<byte> resource) => ReceivedSpan.AttributesIn(ProtobufFields.Of(resource, 1).FirstOrDefault(), 1)
        .GetValueOrDefault("service.name", "");
}

/// <param name="Service">Value of <c>service.name</c>.</param>
/// <param name="Parent">Id of the parent span; empty for the root span of a trace.</param>
/// <param name="Attributes">Attributes of the span; values that are not text are empty.</param>
internal sealed record ReceivedSpan(string Service, string Source, string Name, string TraceId, string Id, string Parent, IReadOnlyDictionary<string, string> Attributes)
{
    /// <summary>Span: trace_id 1, span_id 2, parent_span_id 4, name 5, attributes 9.</summary>
    public static ReceivedSpan Read(string service, string source, ReadOnlyMemory<byte> span) => new(
        service, source, ProtobufFields.Text(span, 5), Hex(span, 1), Hex(span, 2), Hex(span, 4), AttributesIn(span, 9));

    /// <summary>Field numbers in the protobuf message KeyValue: key is 1 and value is 2; inside the value, string_value is 1.</summary>
    public static Dictionary<string, string> AttributesIn(ReadOnlyMemory<byte> message, int number) => ProtobufFields.Of(message, number)
        .GroupBy(pair => ProtobufFields.Text(pair, 1), StringComparer.Ordinal)
        .ToDictionary(pairs => pairs.Key, pairs => ProtobufFields.Text(ProtobufFields.Of(pairs.First(), 2).FirstOrDefault(), 1), StringComparer.Ordinal);

    private static string Hex(ReadOnlyMemory<byte> message, int number) => Convert.ToHexStringLower(ProtobufFields.Of(message, number).FirstOrDefault().Span);
}

internal sealed record ReceivedMetric(string Service, string Meter, string Name, string Description, string Unit);
