using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RagApp.Models.Chat;
using RagApp.Tests.TestServices;
using RagApp.Tests.TestServices.FakeProvider;

namespace RagApp.Tests.Models;

/// <summary>Model calls are measured, but prompts and answers never reach telemetry, whatever environment variables say.</summary>
public sealed class ChatTelemetryTests
{
    private const string Prompt = "the-prompt-nobody-may-see";
    private const string CaptureContent = "OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT";

    [Fact]
    public async Task Chat_EnvironmentAsksForContent_SpansAndLogsHoldNone()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var provider = await FakeModelProvider.StartAsync(stop);
        var spans = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        var logs = new CollectingLoggerProvider();
        using var trace = new Activity("this test").Start();
        Environment.SetEnvironmentVariable(CaptureContent, "true");
        try
        {
            using var host = ChatHost.Build(
                builder => builder.Logging.SetMinimumLevel(LogLevel.Debug).AddProvider(logs), ChatHost.SettingsFor(provider));
            var client = host.Services.GetRequiredService<ConfiguredChatModel>().Model!.ClientFor(ChatHost.Caller);

            await client.GetResponseAsync(Prompt, cancellationToken: stop);
            await foreach (var _ in client.GetStreamingResponseAsync(Prompt, cancellationToken: stop))
                continue;
        }
        finally
        {
            Environment.SetEnvironmentVariable(CaptureContent, null);
        }

        var ours = spans.Where(span => span.TraceId == trace.TraceId && span.GetTagItem("gen_ai.request.model") is FakeModelProvider.ChatModel).ToArray();
        ours.Length.ShouldBe(2);
        foreach (var text in spans.SelectMany(Texts).Concat(logs.Lines))
        {
            text.ShouldNotContain(Prompt);
            text.ShouldNotContain(FakeModelProvider.Answer);
            text.ShouldNotContain(FakeModelProvider.Key);
        }
    }

    [Fact]
    public async Task Chat_AtOnceAndStreamed_IsMeasuredByTheConventionsForGenAI()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var provider = await FakeModelProvider.StartAsync(stop);
        using var metrics = new ModelCallMetrics();
        var client = ChatHost.For(provider).ClientFor(ChatHost.Caller);

        await client.GetResponseAsync(Prompt, cancellationToken: stop);
        await foreach (var _ in client.GetStreamingResponseAsync(Prompt, cancellationToken: stop))
            continue;

        metrics.ProvidersOf("chat", FakeModelProvider.ChatModel).Count(name => Equals(name, "openai")).ShouldBeGreaterThanOrEqualTo(2);
        metrics.TokensOf("chat", FakeModelProvider.ChatModel, "input").ShouldContain(tokens => tokens > 0);
        metrics.TokensOf("chat", FakeModelProvider.ChatModel, "output").ShouldContain(tokens => tokens > 0);
    }

    private static IEnumerable<string> Texts(Activity span) =>
    [
        span.DisplayName,
        span.StatusDescription ?? "",
        .. span.TagObjects.Select(tag => $"{tag.Key}={tag.Value}"),
        .. span.Events.SelectMany(@event => @event.Tags.Select(tag => $"{@event.Name}:{tag.Key}={tag.Value}")),
    ];

    private sealed class CollectingLoggerProvider : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            Lines.Enqueue($"{formatter(state, exception)} {exception}");
            if (state is IEnumerable<KeyValuePair<string, object?>> values)
                Lines.Enqueue(string.Join(' ', values.Select(value => $"{value.Key}={value.Value}")));
        }

        public void Dispose()
        {
        }
    }
}
