using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RagApp.Models.Chat;
using RagApp.Tests.TestServices.FakeProvider;
using Shouldly;
using Xunit;

namespace RagApp.Tests.Models;

/// <summary>Prompts and answers never reach telemetry, whatever the environment asks for.</summary>
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
            var client = host.Services.GetRequiredService<ConfiguredChatModel>().Model!.Client;

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
