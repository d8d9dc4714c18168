using Aspire.Hosting.ApplicationModel;
using RagApp.Tests.TestServices;
using Shouldly;
using Xunit;

namespace RagApp.Tests.LocalHosting;

public sealed class UserSecretsTests
{
    [Fact]
    public void GetOrAdd_NextStart_SameValueAndOnlyTheOwnerReadsIt()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "id", "secrets.json");
        var generate = new GenerateParameterDefault { MinLength = 48, Special = false };

        var first = new UserSecrets(path).GetOrAdd("Parameters:key", generate.GetDefaultValue);
        var second = new UserSecrets(path).GetOrAdd("Parameters:key", generate.GetDefaultValue);

        first.Length.ShouldBe(48);
        second.ShouldBe(first);
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(path).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public void GetOrAdd_OtherSecretsInTheFile_AreKept()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "secrets.json");
        File.WriteAllText(path, """{ "Chat:ApiKey": "kept" }""");

        new UserSecrets(path).GetOrAdd("Parameters:key", () => "made");

        new UserSecrets(path).GetOrAdd("Chat:ApiKey", () => "lost").ShouldBe("kept");
    }
}
