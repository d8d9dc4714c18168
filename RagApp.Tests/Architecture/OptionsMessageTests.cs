using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Options;
using RagApp.Gateway.Authentication;
using RagApp.Ingestion.Parsing;

namespace RagApp.Tests.Architecture;

/// <summary>The error message for an invalid option names its key and the permitted values.</summary>
public sealed class OptionsMessageTests
{
    public static TheoryData<string> Services => ["RagApp.Cache", "RagApp.Embedding", "RagApp.Gateway", "RagApp.Ingestion", "RagApp.Models", "RagApp.Query", "RagApp.ServiceDefaults", "RagApp.Storage"];

    [Theory]
    [MemberData(nameof(Services))]
    public void ErrorMessages_OfAllOptions_NameKeyAndRange(string assembly)
    {
        var annotated = Assembly.Load(assembly).GetTypes()
            .Where(type => type.Name.EndsWith("Options", StringComparison.Ordinal) || type.DeclaringType?.Name.EndsWith("Options", StringComparison.Ordinal) == true)
            .SelectMany(type => type.GetProperties())
            .SelectMany(property => property.GetCustomAttributes<ValidationAttribute>(), (property, attribute) => (Property: property, Attribute: attribute)).ToList();

        annotated.ShouldNotBeEmpty();
        annotated.SelectMany(one => Faults(one.Property, one.Attribute)).ShouldBeEmpty();
    }

    [Fact]
    public void Validate_OutOfRange_SaysTheSentenceOfTheOptionAlsoOfNestedOnes()
    {
        var options = new ParserOptions { CpuSeconds = 0 };
        options.Ocr.MaxPages = 0;
        options.LegacyOffice.MemoryMiB = 1;

        var failures = string.Join('\n', new DataAnnotationValidateOptions<ParserOptions>("").Validate("", options).Failures!);

        failures.ShouldContain("Parser:CpuSeconds lies between 1 and 3600.");
        failures.ShouldContain("Parser:Ocr:MaxPages lies between 1 and 10000.");
        failures.ShouldContain("Parser:LegacyOffice:MemoryMiB lies between 256 and 65536.");
    }

    [Fact]
    public void Validate_ItemOfAList_SaysTheSentenceOfTheItem()
    {
        var options = new ApiKeyOptions { Keys = { new ApiKeyEntry { Hash = "secret", Tenant = "acme", Subject = "alice" }, new ApiKeyEntry { Hash = new string('a', 64), Tenant = "acme" } } };

        var failures = string.Join('\n', new DataAnnotationValidateOptions<ApiKeyOptions>("").Validate("", options).Failures!);

        failures.ShouldContain("ApiKeys:N:Hash is the SHA-256 of the key as 64 hex digits.");
        failures.ShouldContain("ApiKeys:N:Subject is missing.");
        failures.ShouldNotContain("secret");
    }

    [Fact]
    public async Task Start_OutOfRange_IsRefusedWithTheSentence()
    {
        await using var app = RagApp.Ingestion.Program.Build(
        [
            "--urls=http://127.0.0.1:0", $"--Storage:DataPath={Path.GetTempPath()}", "--ConnectionStrings:redis=127.0.0.1:1",
            $"--Identity:SigningKey={Ingestion.IngestionService.SigningKey}", "--Parser:CpuSeconds=0",
        ]);

        var refusal = await Should.ThrowAsync<OptionsValidationException>(() => app.StartAsync(TestContext.Current.CancellationToken));

        refusal.Message.ShouldContain("Parser:CpuSeconds lies between 1 and 3600.");
    }

    private static IEnumerable<string> Faults(PropertyInfo property, ValidationAttribute attribute)
    {
        var name = $"{property.DeclaringType!.Name}.{property.Name}";
        if (attribute.ErrorMessage is not { } message)
        {
            yield return $"{name}: no message";
            yield break;
        }
        if (!message.Contains($":{property.Name}", StringComparison.Ordinal))
            yield return $"{name}: '{message}' does not say which key";
        if (attribute is RangeAttribute range && !(Says(message, range.Minimum) && Says(message, range.Maximum)))
            yield return $"{name}: '{message}' does not say {range.Minimum} to {range.Maximum}";
    }

    private static bool Says(string message, object bound) =>
        message.Replace(",", "", StringComparison.Ordinal).Contains(Convert.ToString(bound, CultureInfo.InvariantCulture)!, StringComparison.Ordinal);
}
