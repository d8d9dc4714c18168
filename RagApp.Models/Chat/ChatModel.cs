using Microsoft.Extensions.AI;

namespace RagApp.Models.Chat;

/// <summary>A chat model that can be asked.</summary>
/// <param name="Client">Throws <see cref="Errors.ModelException"/> when the provider fails.</param>
/// <param name="Id">Name of the model at its provider.</param>
/// <param name="MaxContextTokens">Tokens that prompt and answer have together.</param>
/// <param name="MaxOutputTokens">Most tokens of one answer.</param>
/// <param name="Tokenizer">How its text is counted, such as <c>o200k_base</c>; null to go by its name.</param>
public sealed record ChatModel(IChatClient Client, string Id, int MaxContextTokens, int MaxOutputTokens, string? Tokenizer);
