using System.Text.Json.Serialization;

namespace RagApp.Benchmarks.Workspace;

/// <param name="Kind">Kind of question, such as <c>fact</c>, <c>list</c> or <c>unanswerable-near</c>.</param>
/// <param name="History">Earlier turns of the conversation, oldest first; null when there are none.</param>
/// <param name="Answers">Accepted forms of the answer, or the items of a list; empty when the files do not answer the question.</param>
/// <param name="Document">Path of the file that answers the question; null when none does.</param>
/// <param name="Page">Page of a PDF or slide of a presentation, from 1; null for other files.</param>
internal sealed record WorkspaceQuestion(
    string Id, string Kind, string Question, IReadOnlyList<WorkspaceTurn>? History, IReadOnlyList<string> Answers, string? Document, int? Page)
{
    private const string List = "list";
    private const string SmallTalk = "smalltalk";
    private const string UnanswerablePrefix = "unanswerable-";

    [JsonIgnore]
    public bool IsList => Kind == List;

    [JsonIgnore]
    public bool IsSmallTalk => Kind == SmallTalk;

    [JsonIgnore]
    public bool IsUnanswerable => Kind.StartsWith(UnanswerablePrefix, StringComparison.Ordinal);

    [JsonIgnore]
    public bool IsAnswerable => !IsSmallTalk && !IsUnanswerable;
}

/// <summary>An earlier turn of a conversation.</summary>
internal sealed record WorkspaceTurn(string Question, string Answer);
