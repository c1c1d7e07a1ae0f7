using System;
using System.Collections;
using System.Collections.Specialized;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Double;
using Xunit;

namespace OrchestratorConnector.Tests.Double;

public sealed class ObjectTests
{
    [Fact]
    public void A_custom_object_is_its_properties()
    {
        PSObject custom = CustomObject.Of(("Server Name", "s"), ("Count", 1.5), ("Time", new DateTime(2024, 1, 2)), ("None", null));

        Assert.Equal(["Server Name", "Count", "Time", "None"], custom.Properties.Select(p => p.Name));
        Assert.Equal("s", custom.Properties["server name"]!.Value);
        Assert.Null(custom.Properties["Nothing"]);
        Assert.IsType<PSNoteProperty>(custom.Properties["Count"]);
        Assert.IsType<PSCustomObject>(custom.BaseObject);
        Assert.Equal(["System.Management.Automation.PSCustomObject", "System.Object"], custom.TypeNames);
        Assert.Equal("@{Server Name=s; Count=1.5; Time=01/02/2024 00:00:00; None=}", custom.ToString());
        Assert.Equal("s", PSObject.AsPSObject(custom).Properties["Server Name"]!.Value);
        Assert.Equal("", new PSObject().ToString());
    }

    [Fact]
    public void The_properties_of_an_object_are_read_ignoring_case()
    {
        PSObject wrapped = new(new Gadget { Name = "g", Size = 3 });

        Assert.Equal(3, wrapped.Properties["SIZE"]!.Value);
        Assert.Equal("Size", wrapped.Properties["SIZE"]!.Name);
        Assert.IsType<PSProperty>(wrapped.Properties["Name"]);
        Assert.Null(wrapped.Properties["Weight"]);
        Assert.Throws<PSArgumentException>(() => wrapped.Properties[""]);
        Assert.Same(wrapped, PSObject.AsPSObject(wrapped));
        Assert.Equal("Length", new PSObject("text").Properties.Single(p => p.Name == "Length").Name);
        Assert.Empty(new PSObject(5).Properties);
    }

    [Fact]
    public void The_keys_of_a_table_are_no_properties()
    {
        Assert.Null(new PSObject(new Hashtable { ["Name"] = "n" }).Properties["Name"]);
        Assert.Equal(1, new PSObject(new Hashtable { ["Name"] = "n" }).Properties["count"]!.Value);
        Assert.Null(new PSObject(new OrderedDictionary { ["Name"] = "n" }).Properties["Name"]);
    }

    [Fact]
    public void A_note_hides_the_property_of_its_name()
    {
        PSObject wrapped = new(new Gadget { Name = "g" });
        wrapped.Properties.Add(new PSNoteProperty("name", 1));
        wrapped.Properties.Add(new PSNoteProperty("NAME", 2));

        Assert.Equal(2, wrapped.Properties["Name"]!.Value);
        Assert.Equal(["NAME", "Size"], wrapped.Properties.Select(p => p.Name));
        wrapped.Properties.Remove("Name");
        Assert.Equal("g", wrapped.Properties["Name"]!.Value);
        wrapped.Properties.Remove("Name");
        Assert.Equal("g", wrapped.Properties["Name"]!.Value);
    }

    [Fact]
    public void A_property_that_fails_says_which_one()
    {
        PSObject wrapped = new(new Brittle());

        GetValueInvocationException unread = Assert.Throws<GetValueInvocationException>(() => wrapped.Properties["Broken"]!.Value);
        Assert.Equal("Exception getting \"Broken\": \"bad\"", unread.Message);
        Assert.IsType<InvalidOperationException>(unread.InnerException);
        Assert.Equal("CatchFromBaseAdapterGetValue", unread.ErrorRecord.FullyQualifiedErrorId);
        Assert.Equal("CatchFromBaseAdapterSetValue", Assert.Throws<SetValueInvocationException>(() => wrapped.Properties["Size"]!.Value = "x").ErrorRecord.FullyQualifiedErrorId);
        Assert.Equal("ReadOnlyProperty", Assert.Throws<SetValueException>(() => wrapped.Properties["Broken"]!.Value = "x").ErrorRecord.FullyQualifiedErrorId);
        wrapped.Properties["size"]!.Value = "7";
        Assert.Equal(7, wrapped.Properties["Size"]!.Value);
    }

    [Fact]
    public void Text_is_the_shells()
    {
        Assert.Equal("1 b ", new PSObject(new object?[] { 1, "b", null }).ToString());
        Assert.Equal("01/02/2024 03:04:05", new PSObject(new DateTime(2024, 1, 2, 3, 4, 5)).ToString());
        Assert.Equal("1.5", new PSObject(1.5).ToString());
    }

    [Fact]
    public void A_table_or_a_custom_object_can_fill_an_object()
    {
        Assert.Equal(5, LanguagePrimitives.ConvertTo<Gadget>(new Hashtable { ["Name"] = "a", ["size"] = "5" }).Size);
        Assert.Equal("a", LanguagePrimitives.ConvertTo<Gadget>(CustomObject.Of(("name", "a"))).Name);
        Assert.False(LanguagePrimitives.TryConvertTo(CustomObject.Of(("Weight", 1)), out Gadget? _));
        Assert.False(LanguagePrimitives.TryConvertTo(new Hashtable { ["Size"] = "x" }, out Gadget? _));
    }

    [Fact]
    public void Progress_can_be_nested()
    {
        ProgressRecord progress = new(3, "a", "s") { CurrentOperation = "op", SecondsRemaining = 9, ParentActivityId = 1, PercentComplete = 50 };

        Assert.Equal("parent = 1 id = 3 act = a stat = s cur = op pct = 50 sec = 9 type = Processing", progress.ToString());
        Assert.Throws<PSArgumentException>(() => progress.ParentActivityId = 3);
        Assert.Throws<PSArgumentOutOfRangeException>(() => progress.PercentComplete = 101);
        Assert.Throws<PSArgumentOutOfRangeException>(() => new ProgressRecord(-1, "a", "s"));
        Assert.Equal(-1, new ProgressRecord(1, "a", "s").SecondsRemaining);
    }

    private sealed class Brittle
    {
        public string Broken => throw new InvalidOperationException("bad");

        public int Size { get; set; }
    }
}
