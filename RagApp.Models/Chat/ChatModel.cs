using Microsoft.Extensions.AI;

namespace RagApp.Models.Chat;

/// <summary>A chat model that can be asked.</summary>
/// <param name="Client">Throws <see cref="Errors.ModelException"/> when the provider fails.</param>
/// <param name="Id">Name of the model at its provider.</param>
/// <param name="MaxContextTokens">Tokens that prompt and answer have together.</param>
/// <param name="MaxOutputTokens">Most tokens of one answer.</param>
public sealed record ChatModel(IChatClient Client, string Id, int MaxContextTokens, int MaxOutputTokens);
