using System.Text.Json.Nodes;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Qdrant.Client.Grpc;

namespace RagApp.Tests.Storage.Qdrant;

/// <summary>A gRPC call and its response, recorded between the official client and a real 1.18.3 server.</summary>
/// <param name="Response">Response of the server; null when the status was not OK.</param>
/// <param name="Detail">Detail text of the gRPC status.</param>
internal sealed record GrpcExchange(string What, MethodDescriptor Method, IMessage Request, JsonNode? Response, StatusCode Status, string Detail)
{
    private static readonly Dictionary<string, MethodDescriptor> Methods =
        new[] { QdrantReflection.Descriptor, CollectionsServiceReflection.Descriptor, PointsServiceReflection.Descriptor, SnapshotsServiceReflection.Descriptor }
            .SelectMany(file => file.Services).SelectMany(service => service.Methods)
            .ToDictionary(method => $"/{method.Service.FullName}/{method.Name}", StringComparer.Ordinal);

    public static IReadOnlyList<GrpcExchange> All { get; } = [.. Load()];

    /// <summary>Repeats the recorded call.</summary>
    public async Task<JsonNode> CallAsync(CallInvoker invoker, CallOptions options)
    {
        var method = new Method<IMessage, IMessage>(MethodType.Unary, Method.Service.FullName, Method.Name, MarshallerOf(Method.InputType), MarshallerOf(Method.OutputType));
        var response = await invoker.AsyncUnaryCall(method, host: null, options, Request);
        return JsonNode.Parse(JsonFormatter.Default.Format(response))!;
    }

    private static IEnumerable<GrpcExchange> Load()
    {
        using var lines = new StreamReader(typeof(GrpcExchange).Assembly.GetManifestResourceStream("qdrant-grpc-exchanges.jsonl")!);
        while (lines.ReadLine() is { } line)
        {
            var json = JsonNode.Parse(line)!;
            var method = Methods[(string)json["method"]!];
            yield return new GrpcExchange(
                (string)json["what"]!, method, JsonParser.Default.Parse((string)json["request"]!, method.InputType),
                (string?)json["response"] is { } response ? JsonNode.Parse(response) : null, Enum.Parse<StatusCode>((string)json["status"]!), (string?)json["detail"] ?? "");
        }
    }

    private static Marshaller<IMessage> MarshallerOf(MessageDescriptor type) => Marshallers.Create(message => message.ToByteArray(), type.Parser.ParseFrom);
}
