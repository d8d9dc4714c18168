namespace RagApp.Contracts.Confidential;

/// <summary>Confidential data that is hidden in an answer or in search results; it never names the data.</summary>
/// <param name="Kind">Kind of data: <c>payment-card</c>, <c>iban</c>, <c>us-ssn</c>, <c>private-key</c>, <c>api-token</c>, <c>jwt</c>, <c>email</c> or <c>phone</c>.</param>
/// <param name="Action">What was done with it.</param>
/// <param name="Count">Number of different pieces of data, from 1.</param>
public sealed record HiddenData(string Kind, RedactionAction Action, int Count);
