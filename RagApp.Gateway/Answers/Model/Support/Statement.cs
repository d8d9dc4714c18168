using RagApp.Contracts.Identity;

namespace RagApp.Gateway.Answers.Model.Support;

/// <summary>A sentence of an answer, or a part of one, with citations.</summary>
/// <param name="Language">Language of the answer, two letters (ISO 639-1).</param>
/// <param name="Question">The question; a statement may repeat its words even if the passage lacks them.</param>
internal sealed record Statement(Principal Principal, string Text, string Language, string Question);
