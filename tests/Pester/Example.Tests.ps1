# Every example of the documentation runs as it stands, without an error that it does not show, and without a question.

BeforeDiscovery {
    . (Join-Path $PSScriptRoot 'Common.ps1')
    . (Join-Path $PSScriptRoot 'ExampleWorld.ps1')
    Import-TestedModule
    $CmdletExamples = @(Get-CmdletExample)
    $TopicExamples = @(Get-TopicExample (Join-Path $RepositoryRoot 'module/en-US'))
}

BeforeAll {
    Set-StrictMode -Version Latest
    . (Join-Path $PSScriptRoot 'Common.ps1')
    . (Join-Path $PSScriptRoot 'ExampleWorld.ps1')
    Import-TestedModule
    $world = Start-ExampleWorld

    function Assert-Example {
        param($World, [hashtable[]] $Command, [string] $Prelude = '')
        foreach ($outcome in Invoke-Example $World $Command $Prelude) {
            $outcome.Error | Should -Be $outcome.Expected -Because "that is what the documentation shows behind $($outcome.Code)"
        }
    }
}

AfterAll {
    Stop-ExampleWorld $world
}

Describe 'The help' {
    It 'runs: <Name>' -ForEach $CmdletExamples {
        Assert-Example $world $Command
    }
}

Describe 'The about topics' {
    It 'run: <Name>' -ForEach $TopicExamples {
        Assert-Example $world $Command
    }
}
