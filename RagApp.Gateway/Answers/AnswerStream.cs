using System.Diagnostics;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using RagApp.Contracts;
using RagApp.ServiceDefaults.Problems;

namespace RagApp.Gateway.Answers;

/// <summary>
/// Sends an answer as Server-Sent Events: any number of <c>progress</c>, <c>token</c> and <c>citation</c> events, a <c>withdrawn</c> event when no
/// passage supports the text, then one <c>done</c>, or one <c>error</c> when the answer cannot be finished.
/// </summary>
internal static class AnswerStream
{
    /// <summary>Waits for the first event, whose failure the caller reports, and returns all events as a stream.</summary>
    public static async Task<IAsyncEnumerable<SseItem<string>>> StartAsync(
        IAsyncEnumerable<AnswerEvent> events, ILogger logger, CancellationToken cancellationToken)
    {
        var reader = events.GetAsyncEnumerator(cancellationToken);
        try
        {
            await reader.MoveNextAsync();
        }
        catch
        {
            await reader.DisposeAsync();
            throw;
        }
        return ReadAsync(reader, logger, cancellationToken);
    }

    private static async IAsyncEnumerable<SseItem<string>> ReadAsync(
        IAsyncEnumerator<AnswerEvent> reader, ILogger logger, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var _ = reader;
        SseItem<string>? failure = null;
        do
        {
            yield return ToItem(reader.Current);
            try
            {
                if (!await reader.MoveNextAsync())
                    break;
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                logger.AnswerBrokeOff(exception);
                failure = ToItem(exception);
            }
        }
        while (failure is null);

        if (failure is { } last)
            yield return last;
    }

    private static SseItem<string> ToItem(AnswerEvent next) => next switch
    {
        AnswerEvent.Progress progress => new(JsonSerializer.Serialize(progress.What, ContractsJson.Default.AnswerProgress), "progress"),
        AnswerEvent.Token token => new(JsonSerializer.Serialize(new(token.Text), ContractsJson.Default.AnswerToken), "token"),
        AnswerEvent.Cited cited => new(JsonSerializer.Serialize(cited.Citation, ContractsJson.Default.Citation), "citation"),
        AnswerEvent.Withdrawn withdrawn => new(JsonSerializer.Serialize(new(withdrawn.Text), ContractsJson.Default.AnswerToken), "withdrawn"),
        AnswerEvent.Done done => new(JsonSerializer.Serialize(done.Summary, ContractsJson.Default.AnswerSummary), "done"),
        _ => throw new UnreachableException(),
    };

    private static SseItem<string> ToItem(Exception exception)
    {
        var traced = ServiceProblems.Of(exception) with { TraceId = Activity.Current?.TraceId.ToString() };
        return new SseItem<string>(JsonSerializer.Serialize(traced, ContractsJson.Default.Problem), "error");
    }
}
