using Microsoft.Extensions.AI;

namespace RagApp.Models.Chat.Completions;

/// <summary>A chat completion as every provider's client takes it.</summary>
internal sealed record TranslatedRequest(IReadOnlyList<ChatMessage> Messages, ChatOptions Options);
