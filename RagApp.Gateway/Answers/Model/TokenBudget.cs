using System.Globalization;
using RagApp.Models.Chat;

namespace RagApp.Gateway.Answers.Model;

/// <summary>What a model's window holds before any passage.</summary>
/// <param name="Instructions">Tokens of the prompt without question and passages.</param>
/// <param name="Question">Tokens of the question.</param>
internal sealed record TokenBudget(ChatModel Model, int Instructions, int Question)
{
    /// <summary>Tokens for history and passages; negative when the question does not fit.</summary>
    public int Left => Model.MaxContextTokens - Model.MaxOutputTokens - Instructions - Question;

    public BadHttpRequestException QuestionDoesNotFit() => Refusal("it does not fit: ask a shorter question.");

    /// <param name="smallest">Tokens of the shortest passage that was found.</param>
    public BadHttpRequestException NoPassageFits(int smallest) => Refusal(string.Create(CultureInfo.InvariantCulture,
        $"{Left:N0} are left, and the shortest passage that was found has {smallest:N0}: ask a shorter question, or name a model with a larger window."));

    private BadHttpRequestException Refusal(string outcome) => new(string.Create(CultureInfo.InvariantCulture,
        $"The question has {Question:N0} tokens. With {Instructions:N0} of instructions and {Model.MaxOutputTokens:N0} kept for the answer, in the window of {Model.MaxContextTokens:N0} tokens of '{Model.Id}', {outcome}"));
}
