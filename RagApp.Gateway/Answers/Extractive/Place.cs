using RagApp.Contracts.Search;

namespace RagApp.Gateway.Answers.Extractive;

/// <summary>A place in the documents where the reader sees an answer.</summary>
/// <param name="Quote">The answer with the words around it.</param>
/// <param name="Logit">Logarithm of the odds that the passage answers the question, by the reader alone.</param>
/// <param name="Score">Order among the places of a question: the reader's view and the search's together.</param>
internal sealed record Place(SearchHit Passage, Quote Quote, double Logit, double Score);
