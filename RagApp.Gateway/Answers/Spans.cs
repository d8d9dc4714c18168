using System.Diagnostics;

namespace RagApp.Gateway.Answers;

/// <summary>Names of the spans of an answer. Spans hold counts and our own names, never a word of question, prompt or answer.</summary>
internal static class Spans
{
    public static readonly ActivitySource Source = new("RagApp.Gateway");

    public static class Stages
    {
        public const string Answer = "answer question";
        public const string LookUp = "look up answer";
        public const string Pack = "pack passages";
        public const string Read = "read passages";
        public const string ChooseQuotes = "choose quotes";
        public const string SearchOn = "search on";
        public const string CheckCitations = "check citations";
    }

    public static class Tags
    {
        public const string Answerer = "ragapp.answer.answerer";
        public const string Found = "ragapp.answer.found";
        public const string PassagesUsed = "ragapp.answer.passages_used";
        public const string PassagesLeftOut = "ragapp.answer.passages_left_out";
        public const string MessagesLeftOut = "ragapp.answer.messages_left_out";
        public const string Sentences = "ragapp.answer.sentences";
        public const string Quotes = "ragapp.answer.quotes";
        public const string Citations = "ragapp.answer.citations";
        public const string Cached = "ragapp.answer.cached";
        public const string Tool = "ragapp.answer.tool";
        public const string Unsupported = "ragapp.answer.citations_unsupported";
    }
}
