using System.Globalization;

namespace RagApp.Tests.TestServices.Qdrant;

/// <summary>An answer other than 200, in the server's words.</summary>
internal sealed class QdrantRefusal(int status, string error) : Exception(error)
{
    public int Status { get; } = status;

    public static QdrantRefusal WrongInput(string what) => new(400, $"Wrong input: {what}");

    public static QdrantRefusal Format(string what) => new(400, $"Format error in JSON body: {what}");

    public static QdrantRefusal NoCollection(string name) => new(404, $"Not found: Collection `{name}` doesn't exist!");

    public static QdrantRefusal OverLimit(long found, long limit, string what) => new(400, string.Create(
        CultureInfo.InvariantCulture, $"Bad request: Limit exceeded {found} > {limit} for \"{what}\". Help: Reduce the \"{what}\" parameter to or below {limit}."));
}
