using System.Text.Json.Serialization;
using RagApp.Contracts.Answers;

namespace RagApp.Benchmarks.Workspace;

/// <summary>An answer to a question of a workspace, and how good it is.</summary>
/// <param name="DocumentFirst">True when the first citation is of the question's document.</param>
/// <param name="Milliseconds">Time from the request to the whole answer.</param>
internal sealed record JudgedAnswer(WorkspaceQuestion Question, Outcome Outcome, bool DocumentFirst, double Milliseconds, AnswerResponse Answer)
{
    /// <summary>Most characters of a reply to small talk; the longest reply to a request for help, the French one, has 462.</summary>
    private const int ShortReply = 500;

    private const string Router = "router";

    /// <summary>True when the first citation is of a document that does not answer the question.</summary>
    [JsonIgnore]
    public bool CitesAnother => Question.IsAnswerable && Answer.Citations.Count > 0 && !DocumentFirst;

    public static JudgedAnswer Of(WorkspaceQuestion question, AnswerResponse answer, double milliseconds) => new(
        question,
        OutcomeOf(question, answer),
        question.Document is { } document && answer.Citations is [var first, ..] && WorkspaceSet.IsOrIsInside(first.Path, document),
        milliseconds,
        answer);

    private static Outcome OutcomeOf(WorkspaceQuestion question, AnswerResponse answer)
    {
        if (question.IsSmallTalk)
            return OutcomeOfSmallTalk(answer);
        var abstained = Abstained(answer);
        if (question.IsUnanswerable)
            return abstained && answer.Citations.Count == 0 ? Outcome.Right : Outcome.Wrong;
        if (abstained)
            return Outcome.NotFound;
        return Holds(answer.Text, question) ? Outcome.Right : Outcome.Wrong;
    }

    private static Outcome OutcomeOfSmallTalk(AnswerResponse answer)
    {
        if (answer.Citations.Count > 0 || answer.Text.Length > ShortReply)
            return Outcome.Wrong;
        return answer.Summary.Found ? Outcome.Right : Outcome.NotFound;
    }

    /// <summary>True when the answer says that the documents do not answer, or is a reply that does not speak of documents.</summary>
    private static bool Abstained(AnswerResponse answer) => !answer.Summary.Found || answer.Summary.Answerer == Router;

    private static bool Holds(string text, WorkspaceQuestion question) => question.IsList
        ? question.Answers.All(item => AcceptedForm.IsIn(text, item))
        : question.Answers.Any(form => AcceptedForm.IsIn(text, form));
}

/// <summary>Outcome of a question, the worse before the better.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Outcome>))]
public enum Outcome
{
    /// <summary>An answer is given, and it is not an accepted one.</summary>
    [JsonStringEnumMemberName("wrong")]
    Wrong,

    /// <summary>The answer says that the documents do not answer the question, although they do.</summary>
    [JsonStringEnumMemberName("not-found")]
    NotFound,

    [JsonStringEnumMemberName("right")]
    Right,
}
