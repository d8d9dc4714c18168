using System.Globalization;
using Grpc.Core;

namespace RagApp.Tests.TestServices.Qdrant;

/// <summary>A status other than OK, with the server's own message.</summary>
internal sealed class QdrantRefusal(StatusCode code, string detail) : Exception(detail)
{
    public StatusCode Code { get; } = code;

    /// <summary>HTTP status of the refusal on the REST port.</summary>
    public int HttpStatus => Code switch
    {
        StatusCode.InvalidArgument => 400,
        StatusCode.Unauthenticated => 401,
        StatusCode.PermissionDenied => 403,
        StatusCode.NotFound => 404,
        StatusCode.DeadlineExceeded => 408,
        StatusCode.AlreadyExists => 409,
        StatusCode.Unimplemented => 501,
        _ => 500,
    };

    public static QdrantRefusal WrongInput(string what) => new(StatusCode.InvalidArgument, $"Wrong input: {what}");

    public static QdrantRefusal BadRequest(string what) => new(StatusCode.InvalidArgument, $"Bad request: {what}");

    public static QdrantRefusal Invalid(string what) => new(StatusCode.InvalidArgument, $"Validation error in body: [{what}]");

    public static QdrantRefusal Internal(string what) => new(StatusCode.Internal, $"Service internal error: {what}");

    public static QdrantRefusal NotFound(string what) => new(StatusCode.NotFound, $"Not found: {what}");

    public static QdrantRefusal NoCollection(string name) => NotFound($"Collection `{name}` doesn't exist!");

    public static QdrantRefusal NoIndex(string field, params string[] types) =>
        BadRequest($"Index required but not found for \"{field}\" of one of the following types: [{string.Join(", ", types)}]. Help: Create an index for this key or use a different filter.");

    public static QdrantRefusal OverLimit(ulong found, ulong limit, string what) => BadRequest(string.Create(
        CultureInfo.InvariantCulture, $"Limit exceeded {found} > {limit} for \"{what}\". Help: Reduce the \"{what}\" parameter to or below {limit}."));
}
