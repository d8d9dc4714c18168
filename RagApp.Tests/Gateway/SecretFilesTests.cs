using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.Options;
using RagApp.Tests.TestServices;
using RagApp.Tests.TestServices.FakeProvider;

namespace RagApp.Tests.Gateway;

/// <summary>The gateway with the key of its provider in a file, as kubelet mounts a Secret: links to files in a folder that is exchanged.</summary>
public sealed class SecretFilesTests : IDisposable
{
    private const string Setting = "Models__Chat__main__Deployments__only__ApiKey";
    private const string Current = "..data";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task File_Changed_TheNextCallUsesTheNewKeyWithoutARestart()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Kubernetes mounts Secrets this way on Linux.");
        await using var provider = await FakeModelProvider.StartAsync(Cancellation);
        Mount("sk-first\n");
        await using var gateway = await GatewayUnderTest.StartAsync(Cancellation, settings:
        [
            $"--SecretFiles:Folder={_folder.Path}", "--Models:Chat:main:Deployments:only:Provider=openai", $"--Models:Chat:main:Deployments:only:Endpoint={provider.Endpoint}",
            "--Models:Chat:main:Deployments:only:ApiKey=sk-from-the-command-line",
        ]);
        using var client = gateway.Client();
        (await KeyUsedAsync(client, provider)).ShouldBe("sk-first");

        Mount("sk-second\n");

        await Eventually.HoldsAsync(async () => await KeyUsedAsync(client, provider) == "sk-second");
        provider.Keys.Distinct().ShouldBe(["sk-first", "sk-second"]);
    }

    [Fact]
    public async Task Folder_Missing_StopsTheStartWithASentence()
    {
        var missing = Path.Combine(_folder.Path, "nowhere");

        var refused = await Should.ThrowAsync<OptionsValidationException>(GatewayUnderTest.StartAsync(Cancellation, settings: [$"--SecretFiles:Folder={missing}"]));

        refused.Message.ShouldBe($"SecretFiles:Folder is {missing}, and there is no such folder.");
    }

    /// <summary>Mounts a new content in one step: a folder of its own, then the link to it is replaced.</summary>
    private void Mount(string key)
    {
        var content = Directory.CreateDirectory(Path.Combine(_folder.Path, $"..{Guid.NewGuid():N}"));
        File.WriteAllText(Path.Combine(content.FullName, Setting), key);
        var link = Path.Combine(_folder.Path, "..data_tmp");
        Directory.CreateSymbolicLink(link, content.Name);
        // .NET has no call that replaces a link to a folder in one step.
        using (var rename = Process.Start("mv", ["-T", link, Path.Combine(_folder.Path, Current)]))
            rename.WaitForExit();
        var file = Path.Combine(_folder.Path, Setting);
        if (!File.Exists(file))
            File.CreateSymbolicLink(file, Path.Combine(Current, Setting));
    }

    private static async Task<string> KeyUsedAsync(HttpClient client, FakeModelProvider provider)
    {
        using var response = await client.PostAsJsonAsync("v1/chat/completions", new { model = "main", messages = new[] { new { role = "user", content = "Hi" } } }, Cancellation);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync(Cancellation));
        return provider.Keys.Last();
    }
}
