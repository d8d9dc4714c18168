using System.Text;
using RagApp.Contracts.Documents;
using RagApp.Tests.TestServices;

namespace RagApp.Tests.Observability;

/// <summary>Services as processes export traces, metrics and logs over OTLP while a document is ingested and a question is answered.</summary>
public sealed class TraceTests
{
    /// <summary>Words used in questions, query strings and documents; they must appear nowhere in exported telemetry or printed lines.</summary>
    private static readonly string[] Markers = ["zanzibarquestion", "quokkadocument", "pangolinpath", "wombatlist"];

    [Fact]
    public async Task Services_UploadAndQuestion_OneTraceEachWithTheStagesAndNoWordOfThem()
    {
        using var data = new TemporaryFolder();
        await using var receiver = await OtlpReceiver.StartAsync(Cancellation);
        await using var services = new ServiceSet(data.Path, receiver.Address);
        await services.StartAsync(Cancellation);
        using var alice = new GatewayApi(services.Gateway, "demo-alice");

        var document = await alice.UploadTextAsync(
            "notes/pangolinpath.md", "# Lamps\n\nThe quokkadocument lamp of the lighthouse is a Fresnel lens of order three.\n", Cancellation, "public");
        (await alice.WaitUntilDoneAsync(document.Id, Cancellation)).Status.ShouldBe(DocumentStatus.Indexed);
        var answer = await alice.AskAsync("Which zanzibarquestion lens is the lamp of the lighthouse?", Cancellation);
        await alice.Http.GetStringAsync(new Uri("v1/documents?find=wombatlist", UriKind.Relative), Cancellation);
        await alice.Http.GetStringAsync(new Uri("logo.svg", UriKind.Relative), Cancellation);
        await alice.Http.GetStringAsync(new Uri("health", UriKind.Relative), Cancellation);
        await alice.Http.GetStringAsync(new Uri("ready", UriKind.Relative), Cancellation);
        await Eventually.HoldsAsync(() => StagesOf(receiver, answer.Summary.TraceId).Contains("api-gateway: answer question"));
        await Eventually.HoldsAsync(() => receiver.Spans.Any(span => span.Name == "process job" && span.Service == "document-ingestion"));
        await services.SignalAsync("TERM", Cancellation); // a service exports its remaining telemetry before it ends
        await services.EndAsync(Cancellation);

        new[]
        {
            "api-gateway: answer question", "api-gateway: read passages", "api-gateway: choose quotes",
            "query-router: search", "query-router: route question", "query-router: rewrite question", "query-router: search index",
            "query-router: rank passages", "query-router: refine passages",
            "embedding: read passages", "embedding: look up cache", "embedding: embeddings multilingual-e5-small-int8", "embedding: run model",
        }.Except(StagesOf(receiver, answer.Summary.TraceId)).ShouldBeEmpty();
        new[]
        {
            "document-ingestion: process job", "document-ingestion: parse document", "document-ingestion: screen document",
            "document-ingestion: chunk document", "document-ingestion: embed passages", "document-ingestion: index document",
        }.Except(JobOf(receiver, document.Id)).ShouldBeEmpty();
        ShouldTellNothing(receiver, services);
        ShouldHaveNoPolling(receiver);
        receiver.LogRequests.ShouldBePositive();
        new[] { "RagApp.Gateway.Answers", "RagApp.Query.Search", "RagApp.Embedding", "RagApp.Ingestion.Parsing", "RagApp.Ingestion.Dlp", "RagApp.Ingestion.Processing", "RagApp.Storage.Queue", "RagApp.Storage.Journals" }
            .Except(receiver.Metrics.Select(metric => metric.Meter)).ShouldBeEmpty();
        receiver.Metrics.Where(metric => metric.Meter.StartsWith("RagApp.", StringComparison.Ordinal))
            .ShouldAllBe(metric => metric.Unit.Length > 0 && metric.Description.Length > 0);
    }

    private static void ShouldTellNothing(OtlpReceiver receiver, ServiceSet services)
    {
        foreach (var marker in Markers)
        {
            receiver.Spans.ShouldNotContain(span => span.Name.Contains(marker) || span.Attributes.Any(tag => tag.Value.Contains(marker)));
            receiver.Bodies.Any(body => body.AsSpan().IndexOf(Encoding.UTF8.GetBytes(marker)) >= 0).ShouldBeFalse($"'{marker}' was exported.");
            services.Printed.ShouldNotContain(line => line.Contains(marker));
        }
        receiver.Spans.ShouldNotContain(span => span.Attributes.ContainsKey("url.query"));
        receiver.Spans.ShouldNotContain(span => span.Attributes.GetValueOrDefault("url.full", "").Contains('?'));
    }

    /// <summary>
    /// Asserts that no span belongs to a health probe or a static file, and that no trace begins with an outgoing call, such as
    /// a check of Redis or of another service's health.
    /// </summary>
    private static void ShouldHaveNoPolling(OtlpReceiver receiver)
    {
        string[] probes = ["/health", "/ready", "/alive", "/metrics", "/logo.svg"];
        receiver.Spans.ShouldNotContain(span => probes.Contains(span.Attributes.GetValueOrDefault("url.path", "")));
        receiver.Spans.ShouldNotContain(span => probes.Any(probe => span.Attributes.GetValueOrDefault("url.full", "").EndsWith(probe)));
        receiver.Spans.Where(span => span.Parent.Length == 0)
            .Select(span => span.Source).Distinct()
            .ShouldBeSubsetOf(["Microsoft.AspNetCore", "OpenTelemetry.Instrumentation.AspNetCore", "RagApp.Ingestion"]);
    }

    private static IReadOnlyList<string> StagesOf(OtlpReceiver receiver, string? traceId) =>
        [.. receiver.Spans.Where(span => span.TraceId == traceId).Select(span => $"{span.Service}: {span.Name}")];

    private static IReadOnlyList<string> JobOf(OtlpReceiver receiver, string documentId) => StagesOf(
        receiver, receiver.Spans.First(span => span.Name == "process job" && span.Attributes["ragapp.document.id"] == documentId).TraceId);
}
