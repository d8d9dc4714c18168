using System.ClientModel;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using OpenAI;
using OpenAI.Chat;
using RagApp.Tests.TestServices.FakeProvider;

namespace RagApp.Tests.Gateway.OpenAI;

/// <summary>A model of Anthropic behind the gateway's chat completions: requests and answers are translated.</summary>
public sealed class TranslatedCompletionsTests : IAsyncLifetime
{
    private static readonly ChatTool Capital = ChatTool.CreateFunctionTool(
        "capital", "Finds the capital of a country.", BinaryData.FromString("""{"type":"object","properties":{"country":{"type":"string"}},"required":["country"]}"""));

    private FakeModelProvider _provider = null!;
    private GatewayUnderTest _gateway = null!;

    private ChatClient Client => new(
        "claude", new ApiKeyCredential(GatewayUnderTest.Alice), new OpenAIClientOptions { Endpoint = new Uri(_gateway.Address, "v1") });

    public async ValueTask InitializeAsync()
    {
        _provider = await FakeModelProvider.StartAsync(Cancellation);
        _gateway = await GatewayUnderTest.StartAsync(Cancellation, settings:
        [
            "--Models:Chat:claude:MaxOutputTokens=700", "--Models:Chat:claude:Deployments:only:Provider=anthropic",
            $"--Models:Chat:claude:Deployments:only:Endpoint={_provider.Root}", "--Models:Chat:claude:Deployments:only:ApiKey=sk-ant",
            "--Models:Chat:claude:Deployments:only:Model=claude-at-anthropic",
        ]);
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _provider.DisposeAsync();
    }

    [Fact]
    public async Task Complete_ByOpenAIsClient_IsTheModelsAnswer()
    {
        var answer = await Client.CompleteChatAsync(
            [new SystemChatMessage("Be brief."), new UserChatMessage("What is the capital?")], new ChatCompletionOptions { StopSequences = { "END" } }, Cancellation);

        answer.Value.Content[0].Text.ShouldBe(FakeModelProvider.Answer);
        answer.Value.FinishReason.ShouldBe(ChatFinishReason.Stop);
        answer.Value.Model.ShouldBe("claude-at-anthropic");
        (answer.Value.Usage.InputTokenCount, answer.Value.Usage.OutputTokenCount, answer.Value.Usage.TotalTokenCount).ShouldBe((11, 5, 16));
        var sent = _provider.Requests.ShouldHaveSingleItem();
        sent["system"]!.ToJsonString().ShouldContain("Be brief.");
        sent["max_tokens"]!.GetValue<int>().ShouldBe(700);
        sent["stop_sequences"]!.ToJsonString().ShouldBe("""["END"]""");
        _provider.Keys.ShouldBe(["sk-ant"]);
    }

    [Fact]
    public async Task Complete_StreamedToOpenAIsClient_IsTheModelsAnswer()
    {
        var text = "";
        ChatFinishReason? finish = null;
        ChatTokenUsage? usage = null;

        await foreach (var update in Client.CompleteChatStreamingAsync([new UserChatMessage("What is the capital?")], cancellationToken: Cancellation))
        {
            text += string.Concat(update.ContentUpdate.Select(part => part.Text));
            finish ??= update.FinishReason;
            usage = update.Usage ?? usage;
        }

        text.ShouldBe(FakeModelProvider.Answer);
        finish.ShouldBe(ChatFinishReason.Stop);
        usage.ShouldNotBeNull().InputTokenCount.ShouldBe(11);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Complete_ToolCallAndItsResult_ComeAndGoTranslated(bool streamed)
    {
        _provider.CallsTools = true;
        var asked = new UserChatMessage("What is the capital of France?");
        var options = new ChatCompletionOptions { Tools = { Capital }, ToolChoice = ChatToolChoice.CreateRequiredChoice(), AllowParallelToolCalls = false };

        var (id, name, arguments, finish) = await CallAsync(asked, options, streamed);
        var answer = await Client.CompleteChatAsync(
            [asked, new AssistantChatMessage([ChatToolCall.CreateFunctionToolCall(id, name, BinaryData.FromString(arguments))]), new ToolChatMessage(id, "Paris")],
            new ChatCompletionOptions { Tools = { Capital } }, Cancellation);

        (id, name, finish).ShouldBe((FakeModelProvider.ToolCallId, "capital", ChatFinishReason.ToolCalls));
        JsonNode.DeepEquals(JsonNode.Parse(arguments), JsonNode.Parse(FakeModelProvider.ToolArguments)).ShouldBeTrue(arguments);
        answer.Value.Content[0].Text.ShouldBe(FakeModelProvider.Answer);
        var (first, second) = (_provider.Requests.First(), _provider.Requests.Last());
        first["tools"]![0]!["input_schema"]!["required"]!.ToJsonString().ShouldBe("""["country"]""");
        first["tool_choice"]!["type"]!.GetValue<string>().ShouldBe("any");
        second["messages"]![1]!["content"]![0]!["type"]!.GetValue<string>().ShouldBe("tool_use");
        second["messages"]![2]!["content"]![0]!["tool_use_id"]!.GetValue<string>().ShouldBe(id);
    }

    [Fact]
    public async Task Complete_JsonBySchema_ReachesTheProvider()
    {
        using var response = await PostAsync("""
            {"messages":[{"role":"user","content":"Hi"}],"response_format":{"type":"json_schema","json_schema":{"name":"city","schema":{"type":"object","properties":{"name":{"type":"string"}}}}}}
            """);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        _provider.Requests.ShouldHaveSingleItem()["output_config"]!["format"]!["schema"]!["properties"]!["name"].ShouldNotBeNull();
    }

    [Fact]
    public async Task Complete_PictureAndUsualValues_ReachTheProvider()
    {
        using var response = await PostAsync("""
            {"messages":[{"role":"user","content":[{"type":"text","text":"What is it?"},{"type":"image_url","image_url":{"url":"data:image/png;base64,AAAA"}}]}],
             "temperature":1,"n":1,"top_p":1.0,"frequency_penalty":0,"logprobs":false,"logit_bias":{},"seed":7,"user":"u","reasoning_effort":null}
            """);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        _provider.Requests.ShouldHaveSingleItem()["messages"]![0]!["content"]![1]!["source"]!["media_type"]!.GetValue<string>().ShouldBe("image/png");
    }

    [Theory]
    [InlineData(""" "messages":[{"role":"user","content":"Hi"}],"temperature":0.2 """, "'temperature'")]
    [InlineData(""" "messages":[{"role":"user","content":"Hi"}],"n":2 """, "'n'")]
    [InlineData(""" "messages":[{"role":"user","content":"Hi"}],"new_field":{"x":1} """, "'new_field'")]
    [InlineData(""" "messages":[{"role":"user","content":"Hi"}],"response_format":{"type":"json_object"} """, "json_schema")]
    [InlineData(""" "messages":[{"role":"user","content":"Hi"}],"tools":[{"type":"web_search"}] """, "functions only")]
    [InlineData(""" "messages":[{"role":"user","content":"Hi"}],"tool_choice":"perhaps" """, "'tool_choice'")]
    [InlineData(""" "messages":[{"role":"user","content":[{"type":"input_audio"}]}] """, "'input_audio'")]
    [InlineData(""" "messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:nonsense"}}]}] """, "image_url")]
    [InlineData(""" "messages":[{"role":"user","content":7}] """, "'content'")]
    [InlineData(""" "messages":["Hi"] """, "'role'")]
    [InlineData(""" "messages":[{"role":"assistant","tool_calls":[{"id":"c","function":{"name":"f","arguments":"[1]"}}]}] """, "'arguments'")]
    public async Task Complete_WhatCannotBeTranslated_IsRefusedByItsName(string fields, string words)
    {
        using var response = await PostAsync($$"""{{{fields}}}""");

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var error = (await response.Content.ReadFromJsonAsync<JsonObject>(Cancellation))!["error"]!;
        error["type"]!.GetValue<string>().ShouldBe("invalid_request_error");
        error["message"]!.GetValue<string>().ShouldContain(words);
        _provider.Requests.ShouldBeEmpty();
    }

    private async Task<(string Id, string Name, string Arguments, ChatFinishReason? Finish)> CallAsync(UserChatMessage asked, ChatCompletionOptions options, bool streamed)
    {
        if (!streamed)
        {
            var answer = (await Client.CompleteChatAsync([asked], options, Cancellation)).Value;
            var call = answer.ToolCalls.ShouldHaveSingleItem();
            return (call.Id, call.FunctionName, call.FunctionArguments.ToString(), answer.FinishReason);
        }
        var (id, name, arguments) = ("", "", "");
        ChatFinishReason? finish = null;
        await foreach (var update in Client.CompleteChatStreamingAsync([asked], options, Cancellation))
        {
            foreach (var part in update.ToolCallUpdates)
                (id, name, arguments) = (part.ToolCallId ?? id, part.FunctionName ?? name, arguments + part.FunctionArgumentsUpdate);
            finish ??= update.FinishReason;
        }
        return (id, name, arguments, finish);
    }

    private async Task<HttpResponseMessage> PostAsync(string body)
    {
        using var client = _gateway.Client();
        using var content = new StringContent(body, mediaType: new("application/json"));
        return await client.PostAsync("v1/chat/completions", content, Cancellation);
    }
}
