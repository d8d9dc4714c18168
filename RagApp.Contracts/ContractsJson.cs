using System.Text.Json;
using System.Text.Json.Serialization;
using RagApp.Contracts.Answers;
using RagApp.Contracts.Confidential;
using RagApp.Contracts.Documents;
using RagApp.Contracts.Embeddings;
using RagApp.Contracts.Http;
using RagApp.Contracts.Identity;
using RagApp.Contracts.Models;
using RagApp.Contracts.Reading;
using RagApp.Contracts.Rerank;
using RagApp.Contracts.Search;
using RagApp.Contracts.Usage;

namespace RagApp.Contracts;

/// <summary>JSON format of every record in this project, generated at compile time: property names in camelCase, nulls left out.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(decimal))]
[JsonSerializable(typeof(DateTimeOffset))]
[JsonSerializable(typeof(EmbeddingsRequest))]
[JsonSerializable(typeof(EmbeddingsResponse<float[]>), TypeInfoPropertyName = "EmbeddingsResponse")]
[JsonSerializable(typeof(EmbeddingsResponse<byte[]>), TypeInfoPropertyName = "Base64EmbeddingsResponse")]
[JsonSerializable(typeof(EmbeddingModels))]
[JsonSerializable(typeof(ReadRequest))]
[JsonSerializable(typeof(ReadResponse))]
[JsonSerializable(typeof(RerankRequest))]
[JsonSerializable(typeof(RerankResponse))]
[JsonSerializable(typeof(AccessChange))]
[JsonSerializable(typeof(TagsChange))]
[JsonSerializable(typeof(DocumentInfo))]
[JsonSerializable(typeof(DocumentPage))]
[JsonSerializable(typeof(DocumentLookup))]
[JsonSerializable(typeof(FoundDocuments))]
[JsonSerializable(typeof(RemovedDocument))]
[JsonSerializable(typeof(ClosedFeed))]
[JsonSerializable(typeof(DocumentText))]
[JsonSerializable(typeof(SearchRequest))]
[JsonSerializable(typeof(SearchResponse))]
[JsonSerializable(typeof(Glossary))]
[JsonSerializable(typeof(AnswerProgress))]
[JsonSerializable(typeof(AnswerRequest))]
[JsonSerializable(typeof(AnswerResponse))]
[JsonSerializable(typeof(AnswerToken))]
[JsonSerializable(typeof(IReadOnlyList<HiddenData>), TypeInfoPropertyName = "HiddenDataList")]
[JsonSerializable(typeof(ModelList))]
[JsonSerializable(typeof(UsageReport))]
[JsonSerializable(typeof(ApiKeyList))]
[JsonSerializable(typeof(NewApiKey))]
[JsonSerializable(typeof(CreatedApiKey))]
[JsonSerializable(typeof(SessionEnd))]
[JsonSerializable(typeof(PersonInfo))]
[JsonSerializable(typeof(SignInPlace))]
[JsonSerializable(typeof(SignInExchange))]
[JsonSerializable(typeof(SignedIn))]
[JsonSerializable(typeof(DemoPeopleList))]
public sealed partial class ContractsJson : JsonSerializerContext;
