using RagApp.Contracts.Identity;

namespace RagApp.Gateway.Answers.Model.Support;

/// <summary>A sentence of an answer, or the part of one, that passages are cited for.</summary>
/// <param name="Language">Language of the answer, two letters (ISO 639-1).</param>
/// <param name="Question">What was asked: its words are no invention where a passage lacks them.</param>
internal sealed record Statement(Principal Principal, string Text, string Language, string Question);
