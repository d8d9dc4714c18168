using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using RagApp.Storage.Blobs;
using RagApp.Storage.Documents;
using RagApp.Storage.Encryption;
using RagApp.Storage.FileSystem;
using RagApp.Storage.S3;

namespace RagApp.Tests.Storage.S3;

public sealed class S3OptionsTests
{
    private const string Right = "Endpoint=https://s3.example.com:9000;Bucket=b;AccessKey=a;SecretKey='s=;1'";

    [Fact]
    public async Task AddDocumentStore_ConnectionString_IsTakenOver()
    {
        await using var services = Services(("ConnectionStrings:documents", Right + ";Region=eu-west-1;Prefix=x/y;PathStyle=false"));

        var options = services.GetRequiredService<IOptions<S3Options>>().Value;

        (options.Endpoint, options.Bucket, options.AccessKey, options.SecretKey).ShouldBe(("https://s3.example.com:9000", "b", "a", "s=;1"));
        (options.Region, options.Prefix, options.PathStyle, options.SingleWriter).ShouldBe(("eu-west-1", "x/y", false, false));
        services.GetRequiredKeyedService<IBlobStore>(EncryptionExtensions.Plain).ShouldBeOfType<S3BlobStore>();
    }

    [Fact]
    public async Task AddDocumentStore_NothingConfigured_IsAFolder()
    {
        await using var services = Services();
        services.GetRequiredKeyedService<IBlobStore>(EncryptionExtensions.Plain).ShouldBeOfType<FileBlobStore>();
    }

    [Theory]
    [InlineData("Storage:S3:Bucket", "b", "Storage:S3:Endpoint is not")]
    [InlineData("Storage:S3:Endpoint", "s3.example.com", "give scheme, host and port only")]
    [InlineData("Storage:S3:Endpoint", "https://s3.example.com/bucket", "give scheme, host and port only")]
    [InlineData("Storage:S3:Endpoint", "https://s3.example.com", "needs Bucket, AccessKey and SecretKey")]
    [InlineData("ConnectionStrings:documents", Right + ";Prefix=/x/", "Storage:S3:Prefix is '/x/'")]
    [InlineData("Storage:S3:Region", "", "Storage:S3:Region is empty")]
    [InlineData("ConnectionStrings:documents", Right + ";Passwort=geheim", "'passwort' is unknown")]
    [InlineData("ConnectionStrings:documents", "geheim", "it is not written as Name=value")]
    public async Task Validate_WrongSetting_StopsWithItsNameAndNoSecret(string key, string value, string sentence)
    {
        await using var services = Services((key, value));

        var exception = Should.Throw<OptionsValidationException>(() => services.GetRequiredService<IStartupValidator>().Validate());

        exception.Message.ShouldContain(sentence);
        exception.ToString().ShouldNotContain("geheim");
    }

    private static ServiceProvider Services(params (string Key, string Value)[] settings) =>
        new ServiceCollection()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(
                [new("Storage:DataPath", "/data"), .. settings.Select(setting => new KeyValuePair<string, string?>(setting.Key, setting.Value))]).Build())
            .AddLogging()
            .AddDocumentStore()
            .BuildServiceProvider();
}
