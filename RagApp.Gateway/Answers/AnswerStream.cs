using System.Diagnostics;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using RagApp.Contracts;
using RagApp.Contracts.Http;
using RagApp.Models.Errors;
using RagApp.ServiceDefaults.Problems;

namespace RagApp.Gateway.Answers;

/// <summary>
/// An answer as Server-Sent Events: any number of <c>token</c> and <c>citation</c>, <c>withdrawn</c> when no passage
/// bears them out, then one <c>done</c>, or one <c>error</c> when it cannot be finished.
/// </summary>
internal static class AnswerStream
{
    /// <summary>Waits for the first event, whose failure is the caller's to report, and returns the rest as it comes.</summary>
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
        AnswerEvent.Token token => new(JsonSerializer.Serialize(new(token.Text), ContractsJson.Default.AnswerToken), "token"),
        AnswerEvent.Cited cited => new(JsonSerializer.Serialize(cited.Citation, ContractsJson.Default.Citation), "citation"),
        AnswerEvent.Withdrawn withdrawn => new(JsonSerializer.Serialize(new(withdrawn.Text), ContractsJson.Default.AnswerToken), "withdrawn"),
        AnswerEvent.Done done => new(JsonSerializer.Serialize(done.Summary, ContractsJson.Default.AnswerSummary), "done"),
        _ => throw new UnreachableException(),
    };

    private static SseItem<string> ToItem(Exception exception)
    {
        var problem = exception is ModelException model ? Of(model) : ServiceProblems.Of(exception);
        var traced = problem with { TraceId = Activity.Current?.TraceId.ToString() };
        return new SseItem<string>(JsonSerializer.Serialize(traced, ContractsJson.Default.Problem), "error");
    }

    private static Problem Of(ModelException exception) => new(Type: null, Title: null, exception.Status, exception.Message)
    {
        RetryAfter = exception.RetryAfter is { } wait ? (int)Math.Ceiling(wait.TotalSeconds) : null,
    };
}
