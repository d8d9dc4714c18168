using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Options;
using RagApp.Contracts.Answers;
using RagApp.Contracts.Http;
using RagApp.Contracts.Reading;
using RagApp.Contracts.Search;

namespace RagApp.Gateway.Answers.Reading;

/// <summary>Has the reader look for the answer to a question in its passages. When the reader is missing, busy or late, the answer goes on without it.</summary>
internal sealed class QuestionReader(ReadingClient client, IOptions<ReadingOptions> options, TimeProvider time, ILogger<QuestionReader> logger)
{
    private const string NoReader = "No reader is configured.";
    private const string Busy = "The reader has too much work waiting.";
    private const string Late = "The reader did not answer in time.";
    private const string Failed = "The reader failed.";

    /// <summary>Reads the best passages of a question, as many as the options and the caller allow.</summary>
    public async Task<PassagesRead> ReadAsync(Question question, CancellationToken cancellationToken)
    {
        var chosen = question.Passages.Take(options.Value.Passages).ToList();
        if (chosen.Count == 0)
            return new PassagesRead([], new AnswerReading(Reader: null, Passages: 0, Absent: null));

        using var activity = Spans.Source.StartActivity(Spans.Stages.Read);
        using var deadline = new CancellationTokenSource(options.Value.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            var texts = chosen.ConvertAll(passage => ReadableText.Of(passage.Text));
            var request = new ReadRequest(question.Understood, [.. chosen.Zip(texts, (passage, text) => new PassageToRead(ContextOf(passage), text.Text))]);
            var response = await client.ReadAsync(question.Principal, request, either.Token);
            activity?.SetTag(Spans.Tags.PassagesUsed, response.Passages.Count);
            return new PassagesRead(
                [.. response.Passages.Select(read => (chosen[read.Index], read with { Spans = [.. read.Spans.Select(texts[read.Index].ToPassage)] }))],
                new AnswerReading(response.Reader, response.Passages.Count, Absent: null));
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested && ReasonOf(exception) is { } reason)
        {
            if (reason != NoReader)
                logger.ReaderAbsent(reason, exception.GetType().Name);
            return PassagesRead.Without(reason);
        }
    }

    /// <summary>Title and headings of a passage, each on a line of its own, as the reader expects them.</summary>
    public static string ContextOf(SearchHit passage) =>
        string.Join('\n', ((string[])[passage.Title, passage.Section]).Where(part => part.Length > 0));

    private static string? ReasonOf(Exception exception) => exception switch
    {
        ApiException { Status: HttpStatusCode.NotFound } => NoReader,
        ApiException { Status: HttpStatusCode.TooManyRequests } => Busy,
        OperationCanceledException => Late,
        ApiException or HttpRequestException or JsonException => Failed,
        _ => null,
    };
}
