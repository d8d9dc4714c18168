using RagApp.Models.Tokens;

namespace RagApp.Models.Budgets;

/// <summary>The terms on which a model is called.</summary>
/// <param name="Model">Name of the model, by which its spend is counted.</param>
/// <param name="Tokens">Counter of the model's tokens.</param>
/// <param name="MaxOutputTokens">Largest number of output tokens of a call that sets no limit of its own; 0 for models without output, such as embedding models.</param>
public sealed record ModelTerms(string Model, ModelPrice Price, TokenCounter Tokens, int MaxOutputTokens);
