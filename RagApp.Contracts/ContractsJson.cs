using System.Text.Json;
using System.Text.Json.Serialization;
using RagApp.Contracts.Answers;
using RagApp.Contracts.Documents;
using RagApp.Contracts.Embeddings;
using RagApp.Contracts.Http;
using RagApp.Contracts.Identity;
using RagApp.Contracts.Search;

namespace RagApp.Contracts;

/// <summary>The wire format of every record here, generated at compile time: camelCase, nulls left out.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(EmbeddingsRequest))]
[JsonSerializable(typeof(EmbeddingsResponse))]
[JsonSerializable(typeof(Base64EmbeddingsResponse))]
[JsonSerializable(typeof(EmbeddingModels))]
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
[JsonSerializable(typeof(AnswerRequest))]
[JsonSerializable(typeof(AnswerResponse))]
[JsonSerializable(typeof(AnswerToken))]
[JsonSerializable(typeof(PersonInfo))]
[JsonSerializable(typeof(DemoPeopleList))]
public sealed partial class ContractsJson : JsonSerializerContext;
