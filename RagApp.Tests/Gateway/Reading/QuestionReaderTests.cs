using System.Net.Http.Json;
using Microsoft.AspNetCore.Http;
using RagApp.Contracts;
using RagApp.Contracts.Answers;
using RagApp.Contracts.Reading;
using RagApp.Contracts.Search;
using RagApp.Gateway.Answers;
using RagApp.Tests.TestServices;

namespace RagApp.Tests.Gateway.Reading;

/// <summary>Answers with a stand-in for the reader, and without it when it is missing, busy, slow or broken.</summary>
public sealed class QuestionReaderTests
{
    private const string Question = "How many days of paid leave has every employee per year?";
    private const string Sentence = "Every employee has 30 days of paid leave per year.";

    /// <summary>The settings of <see cref="ExtractiveAnswerTests"/>, for the same vectors.</summary>
    private const string LowThreshold = "--Extractive:MinScore=1E-25";

    private static readonly SearchHit Leave = AnswerFixture.Passage("leave", $"Ask your manager first. {Sentence} Unused days expire in March.");
    private static readonly SearchHit Pay = AnswerFixture.Passage("pay", "Salaries are paid on the 25th.", score: 0.2);

    [Fact]
    public async Task Answer_ReaderAnswers_TheAnswerIsMarkedAndTheReaderNamed()
    {
        var start = Leave.Text.IndexOf("30 days", StringComparison.Ordinal);

        var answer = await AskAsync(context => context.Response.WriteAsJsonAsync(
            new ReadResponse("reader-1", [new ReadPassage(0, 0.95, [new ReadSpan(start, start + 7, 5, IsInContext: false)]), new ReadPassage(1, 0.01, [])]),
            ContractsJson.Default.ReadResponse));

        answer.Summary.Reading.ShouldBe(new AnswerReading("reader-1", 2, Absent: null));
        var citation = answer.Citations[0];
        citation.Quote[citation.Answer!.Start..citation.Answer.End].ShouldBe("30 days");
    }

    [Theory]
    [InlineData(StatusCodes.Status404NotFound, "No reader is configured.")]
    [InlineData(StatusCodes.Status429TooManyRequests, "The reader has too much work waiting.")]
    [InlineData(StatusCodes.Status500InternalServerError, "The reader failed.")]
    [InlineData(StatusCodes.Status503ServiceUnavailable, "The reader failed.")]
    public async Task Answer_ReaderRefuses_IsMadeAsBeforeAndSaysWhy(int status, string why)
    {
        var answer = await AskAsync(context => StubService.AnswerAsync(context, status, "{}"));

        ShouldBeWithoutReader(answer, why);
    }

    [Fact]
    public async Task Answer_ReaderIsSlow_IsMadeAsBeforeAfterTheTimeout()
    {
        var answer = await AskAsync(context => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted), "--Reading:Timeout=00:00:00.100");

        ShouldBeWithoutReader(answer, "The reader did not answer in time.");
    }

    [Fact]
    public async Task Answer_ReaderAnswersNonsense_IsMadeAsBefore()
    {
        var answer = await AskAsync(context => StubService.AnswerAsync(context, StatusCodes.Status200OK, "{ nonsense"));

        ShouldBeWithoutReader(answer, "The reader failed.");
    }

    /// <summary>The page shows why: the summary is part of the stream's last event too.</summary>
    [Fact]
    public async Task Answer_Streamed_LastEventSaysWhy()
    {
        await using var search = await AnswerFixture.SearchAsync(Cancellation, Leave, Pay);
        await using var embedding = await AnswerFixture.EmbeddingAsync(Cancellation, read: context => StubService.AnswerAsync(context, StatusCodes.Status429TooManyRequests, "{}"));
        await using var gateway = await GatewayUnderTest.StartAsync(Cancellation, search: search, embedding: embedding, settings: [LowThreshold]);
        using var client = gateway.Client();

        using var response = await client.SendAsync(AnswerFixture.Ask(Question, stream: true), Cancellation);

        var last = (await AnswerFixture.ReadEventsAsync(response, Cancellation))[^1];
        last.EventType.ShouldBe("done");
        last.Data.ShouldContain("The reader has too much work waiting.");
    }

    [Theory]
    [InlineData]
    [InlineData("--Chat:Endpoint=http://127.0.0.1:1", "--Chat:Model=test-model")]
    public async Task FirstAnswer_AtTheStart_WarmsTheReader(params string[] chat)
    {
        await using var search = await AnswerFixture.SearchAsync(Cancellation);
        await using var embedding = await AnswerFixture.EmbeddingAsync(Cancellation);
        await using var gateway = await GatewayUnderTest.StartAsync(Cancellation, search: search, embedding: embedding, settings: chat);
        embedding.Requests.Clear();

        (await FirstAnswer.RunAsync(gateway.Services, Cancellation)).ShouldBeTrue();

        embedding.Requests.ShouldContain("POST /v1/read");
    }

    private static void ShouldBeWithoutReader(AnswerResponse answer, string why)
    {
        answer.Text.ShouldContain($"“{Sentence}” [1]");
        answer.Citations[0].Answer.ShouldBeNull();
        answer.Summary.Found.ShouldBeTrue();
        answer.Summary.Reading.ShouldBe(new AnswerReading(Reader: null, Passages: 0, why));
    }

    private static async Task<AnswerResponse> AskAsync(RequestDelegate read, params string[] settings)
    {
        await using var search = await AnswerFixture.SearchAsync(Cancellation, Leave, Pay);
        await using var embedding = await AnswerFixture.EmbeddingAsync(Cancellation, read: read);
        await using var gateway = await GatewayUnderTest.StartAsync(Cancellation, search: search, embedding: embedding, settings: [LowThreshold, .. settings]);
        using var client = gateway.Client();
        using var response = await client.SendAsync(AnswerFixture.Ask(Question, stream: false), Cancellation);
        return (await response.Content.ReadFromJsonAsync(ContractsJson.Default.AnswerResponse, Cancellation))!;
    }
}
