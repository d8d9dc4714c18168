using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Diagnostics;
using RagApp.Contracts.Http;

namespace RagApp.Tests.Architecture;

/// <summary>Services refuse requests only with <see cref="ProblemException"/>, and one handler turns it into the response.</summary>
public sealed partial class ErrorModelTests
{
    private static readonly string Answering = Path.Combine("RagApp.ServiceDefaults", "Problems");

    [Fact]
    public void ExceptionHandlers_OfAllServices_AreOne() =>
        new[] { "RagApp.Embedding", "RagApp.Gateway", "RagApp.Ingestion", "RagApp.Query", "RagApp.ServiceDefaults" }
            .SelectMany(assembly => System.Reflection.Assembly.Load(assembly).GetTypes())
            .Where(type => type.IsAssignableTo(typeof(IExceptionHandler)))
            .Select(type => type.Name)
            .ShouldBe(["ProblemHandler"]);

    [Fact]
    public void Problems_OutsideTheirFolder_AreMadeByExceptions()
    {
        var offences =
            from file in Repository.Sources()
            where !file.StartsWith(Answering, StringComparison.Ordinal) && ByHand().IsMatch(File.ReadAllText(Path.Combine(Repository.Root, file)))
            select file;

        offences.ShouldBeEmpty();
    }

    [GeneratedRegex(@"Results\.(Validation)?Problem\(|new (Http)?(Validation)?ProblemDetails\b|new BadHttpRequestException\b", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex ByHand();
}
