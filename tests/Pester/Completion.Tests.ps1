# What Tab offers: names from the store, quoted where they must be; never an error, a new store or a request.

BeforeAll {
    Set-StrictMode -Version Latest
    . (Join-Path $PSScriptRoot 'Common.ps1')
    Import-TestedModule
    $server = Get-SharedServer
    $null = New-TestStore
    $null = New-OrchestratorRunAsAccount -Name Service -Credential (New-TestCredential 'CONTOSO\svc' 'hidden')
    $null = New-OrchestratorRunAsAccount -Name 'Second service' -SecretName Orchestrator
    $null = New-OrchestratorConnector -Name Production -ServiceUrl $server.Atom -Folder '\Exchange' -RunAsAccount Service
    $null = New-OrchestratorConnector -Name 'Test lab' -ServiceUrl http://lab.invalid:81 -SkipTest
    $null = New-OrchestratorConnector -Name "Bob's" -ServiceUrl http://bob.invalid:81 -SkipTest
    $null = New-OrchestratorConnector -Name 'a$b' -ServiceUrl http://dollar.invalid:81 -SkipTest
    $curly = 'Ann' + [char]0x2019 + 's'
    $null = New-OrchestratorConnector -Name $curly -ServiceUrl http://curly.invalid:81 -SkipTest
    $null = New-OrchestratorConnector -Name '-dash' -ServiceUrl http://dash.invalid:81 -SkipTest
    $null = Sync-OrchestratorConnector Production
}

Describe 'Completion of a connector''s name' {
    It 'is offered by <_>' -ForEach @(
        'Get-OrchestratorConnector ', 'Set-OrchestratorConnector ', 'Remove-OrchestratorConnector ', 'Enable-OrchestratorConnector '
        'Disable-OrchestratorConnector ', 'Test-OrchestratorConnector ', 'Sync-OrchestratorConnector ', 'Get-OrchestratorConnectorHistory '
        'Get-OrchestratorFolder ', 'Get-SMRunbook -Connector '
    ) {
        (Complete-Line $_).ListItemText | Should -Contain 'Production'
    }

    It 'offers those that begin with what was typed, in any case' {
        (Complete-Line 'Get-OrchestratorConnector prod').CompletionText | Should -Be @('Production')
        (Complete-Line 'Get-OrchestratorConnector -Name T').ListItemText | Should -Be @('Test lab')
    }

    It 'shows the address in the tooltip' {
        (Complete-Line 'Get-OrchestratorConnector Prod').ToolTip | Should -Match ([regex]::Escape($server.Atom))
    }

    It 'gives a text that means <Name> when it runs' -ForEach @(
        @{ Name = 'Test lab'; Start = 'Te' }
        @{ Name = "Bob's"; Start = 'Bo' }
        @{ Name = 'a$b'; Start = "'a$" }
        @{ Name = '-dash'; Start = "'-d" }
        @{ Name = 'Ann' + [char]0x2019 + 's'; Start = 'An' }
        @{ Name = 'Production'; Start = 'Pr' }
    ) {
        $text = (Complete-Line "Get-OrchestratorConnector $Start").CompletionText
        $text | Should -Not -BeNullOrEmpty
        (& ([scriptblock]::Create("Get-OrchestratorConnector $text"))).Name | Should -BeExactly $Name
    }

    It 'quotes every name that would be read as something else than a word' {
        foreach ($match in Complete-Line 'Get-OrchestratorConnector ') {
            (& ([scriptblock]::Create("Get-OrchestratorConnector $($match.CompletionText)"))).Name | Should -BeExactly $match.ListItemText
        }
    }

    It 'goes on where a quote was opened' {
        (Complete-Line "Get-OrchestratorConnector 'Tes").CompletionText | Should -Be @("'Test lab'")
        (Complete-Line 'Get-OrchestratorConnector "Tes').ListItemText | Should -Be @('Test lab')
    }

    It 'works for the second name of several' {
        (Complete-Line 'Get-OrchestratorConnector Production, Te').ListItemText | Should -Be @('Test lab')
    }

    It 'reads the store that the line names' {
        $other = Join-Path (Get-PSDrive -Name TestDrive).Root 'other.db'
        $null = New-OrchestratorConnector -Name Elsewhere -ServiceUrl http://else.invalid -SkipTest -StatePath $other
        (Complete-Line "Get-OrchestratorConnector -StatePath '$other' -Name ").ListItemText | Should -Be @('Elsewhere')
        (Complete-Line 'Get-OrchestratorConnector -Name ').ListItemText | Should -Not -Contain 'Elsewhere'
    }

    It 'reads a store that is named by a path of the shell' {
        $null = New-OrchestratorConnector -Name Elsewhere -ServiceUrl http://else.invalid -SkipTest -StatePath 'TestDrive:/drive.db'
        (Complete-Line "Get-OrchestratorConnector -StatePath 'TestDrive:/drive.db' -Name ").ListItemText | Should -Be @('Elsewhere')
        Push-Location -LiteralPath 'TestDrive:/'
        try {
            (Complete-Line "Get-OrchestratorConnector -StatePath drive.db -Name ").ListItemText | Should -Be @('Elsewhere')
        }
        finally {
            Pop-Location
        }
    }
}

Describe 'Completion of an account''s name' {
    It 'is offered by <_>' -ForEach @(
        'New-OrchestratorConnector A http://a -RunAsAccount ', 'Set-OrchestratorConnector A -RunAsAccount '
        'Get-OrchestratorRunAsAccount ', 'Set-OrchestratorRunAsAccount ', 'Remove-OrchestratorRunAsAccount '
    ) {
        (Complete-Line $_).CompletionText | Should -Be @("'Second service'", 'Service')
    }

    It 'shows the user name in the tooltip, and no secret' {
        $tips = (Complete-Line 'Get-OrchestratorRunAsAccount ').ToolTip
        $tips | Should -Contain 'CONTOSO\svc'
        "$tips" | Should -Not -Match 'hidden'
    }
}

Describe 'Completion of a runbook' {
    It 'offers names of the library' {
        (Complete-Line 'Get-SMRunbook Move').CompletionText | Should -Be @("'Move Mailbox'", "'Move Password'", "'Move Password 2'", "'Move R&D Share'")
        (Complete-Line 'Get-SMRunbook -Name "move m').ListItemText | Should -Be @('Move Mailbox')
    }

    It 'gives texts that find the runbook' {
        $matches_ = Complete-Line 'Get-SMRunbook '
        $matches_.Count | Should -BeGreaterThan 10
        foreach ($match in $matches_) {
            $found = & ([scriptblock]::Create("Get-SMRunbook $($match.CompletionText)"))
            @($found)[0].Name | Should -BeExactly $match.ListItemText
        }
    }

    It 'offers folders of the library for <_>' -ForEach @(
        'Get-SMRunbook -Folder ', 'New-OrchestratorConnector A http://a -Folder ', 'Set-OrchestratorConnector A -Folder '
    ) {
        (Complete-Line $_).ListItemText | Should -Contain '\Exchange'
    }

    It 'finds a folder that is typed without its first backslash' {
        (Complete-Line 'Get-SMRunbook -Folder Exch').CompletionText | Should -Be @('\Exchange')
    }
}

Describe 'Completion of an invocation' {
    BeforeAll {
        $here = $env:ORCHESTRATOR_CONNECTOR_STATE
        $source = Start-Source
        $restart = Add-SourceRunbook $source '\Ops\Restart Service' -In 'Computer Name', 'Reason', 'Ctx' -Out 'Result' -Description @{ 'Computer Name' = 'The machine to restart it on.' }
        $null = Add-SourceRunbook $source '\Ops\Tidy' -In 'Folder'
        $null = Add-SourceRunbook $source '\Bob''s [old]\Reset' -In 'User'
        $null = New-SourceStore $source Atom
        $null = New-SMRunbookActivity 'Restart it' 'Restart Service' -Map @{ 'Computer Name' = 'Name'; Reason = 'Why'; Ctx = 'Context' }
        $null = New-SMRunbookActivity Tidy Tidy -Map @{ Folder = 'Path' }
        # The servers are known once a job has ended.
        $null = Invoke-SMRunbook Tidy -Folder x
        $null = Invoke-Source $source ClearRequests
    }

    AfterAll {
        Invoke-Source $source GetRequests | Should -BeNullOrEmpty -Because 'completion asks no server'
        Stop-Source $source
        $env:ORCHESTRATOR_CONNECTOR_STATE = $here
    }

    It 'offers the runbook''s name to <_>' -ForEach @(
        'Invoke-SMRunbook Res', 'Start-SMRunbook -Name Res', 'Compare-SMRunbook Res', 'Approve-SMRunbook -Name Res', 'Get-SMRunbookJob Res', 'Get-SMRunbookJob -Runbook Tidy, Res'
    ) {
        (Complete-Line $_).ListItemText | Should -Be @('Reset', 'Restart Service')
    }

    It 'offers the runbook''s path to <_>' -ForEach @(
        'Get-SMRunbook -Path \O', 'Invoke-SMRunbook -Path \O', 'Start-SMRunbook -Path ''\o', 'New-SMRunbookActivity A \Ops', 'New-SMRunbookActivity A -Runbook \Ops\', 'Set-SMRunbookActivity Tidy -Runbook \Op'
        'Compare-SMRunbook -Path \Ops', 'Approve-SMRunbook -Path \Ops'
    ) {
        (Complete-Line $_).CompletionText | Should -Be @("'\Ops\Restart Service'", '\Ops\Tidy')
    }

    It 'gives texts of paths that find the runbook' {
        $offered = Complete-Line 'Start-SMRunbook -Path \'
        $offered.Count | Should -Be 3
        # What was typed goes on, in quotes and brackets as they were given.
        foreach ($typed in "\Bob", "'\Bob''s [o", "'\Bob''s [old]\Re", '"\Bob''s `[old]', "'\Bob''s ``[o", "'*[old*", 'Bob') {
            (Complete-Line "Start-SMRunbook -Path $typed").CompletionText | Should -Be "'\Bob''s ``[old``]\Reset'" -Because $typed
        }
        foreach ($match in $offered) {
            { & ([scriptblock]::Create("Compare-SMRunbook -Path $($match.CompletionText) -ErrorAction Stop")) } | Should -Not -Throw
            { & ([scriptblock]::Create("New-SMRunbookActivity New $($match.CompletionText) -Default @{ User = 1; Folder = 1; 'Computer Name' = 1; Reason = 1; Ctx = 1 } -WhatIf")) } |
                Should -Throw -ErrorId 'ActivityBroken,*' -Because 'it is found'
        }
    }

    It 'offers ids to <Line>, by their beginning or the runbook''s name, and says whose they are' -ForEach @(
        @{ Line = 'Get-SMRunbook -Id ' }, @{ Line = 'Invoke-SMRunbook -Id ' }, @{ Line = 'Start-SMRunbook -Id ' }, @{ Line = 'Compare-SMRunbook -Id ' }, @{ Line = 'Approve-SMRunbook -Id ' }
    ) {
        @(Complete-Line $Line).Count | Should -Be 3
        foreach ($typed in "$restart".Substring(0, 5), "$restart".Substring(0, 12), "'$("$restart".Substring(0, 20))", 'Restart', 'rest*') {
            $match = Complete-Line "$Line$typed" | Where-Object { $_.CompletionText -eq "$restart" }
            $match.ToolTip | Should -Be '\Ops\Restart Service (Main)' -Because $typed
        }
        Complete-Line "${Line}zzz" | ForEach-Object { $_.CompletionText } | Should -BeNullOrEmpty
    }

    It 'offers the ids of kept jobs, newest first, and those that run to whoever waits or stops' {
        $job = Get-SMRunbookJob -Last 1
        $match = @(Complete-Line 'Get-SMRunbookJob -Id ')[0]
        $match.CompletionText | Should -Be "$($job.Id)"
        $match.ToolTip | Should -BeLike '\Ops\Tidy, Completed, * (Main)'
        (Complete-Line "Get-SMRunbookJob -Id $("$($job.Id)".Substring(0, 6))").CompletionText | Should -Be "$($job.Id)"
        (Complete-Line 'Get-SMRunbookJob -Id tid').CompletionText | Should -Be "$($job.Id)"
        foreach ($line in 'Wait-SMRunbookJob ', 'Stop-SMRunbookJob -Id ') {
            Complete-Line $line | ForEach-Object { $_.CompletionText } | Should -Not -Contain "$($job.Id)"
        }
    }

    It 'offers folders of the library where a server''s folder is wanted, and those above them' -ForEach @(
        'Get-OrchestratorFolder Main -Path \', 'Test-OrchestratorConnector -ServiceUrl http://a -Folder ', 'Get-SMRunbook -Folder '
    ) {
        $offered = (Complete-Line $_).ListItemText
        $offered | Should -Contain '\Ops'
        $offered | Should -Contain '\Bob''s [old]'
    }

    It 'escapes a folder where wildcards are taken, and nowhere else' {
        (Complete-Line 'Get-SMRunbook -Folder Bob').CompletionText | Should -Be "'\Bob''s ``[old``]'"
        (Complete-Line 'Set-OrchestratorConnector Main -Folder Bob').CompletionText | Should -Be "'\Bob''s [old]'"
        (Complete-Line "Get-SMRunbook -Folder '\Bob''s ``[o").CompletionText | Should -Be "'\Bob''s ``[old``]'"
        @(Get-SMRunbook -Folder '\Bob''s `[old`]').Count | Should -Be 1
    }

    It 'offers names or paths where either is taken' {
        (Complete-Line 'Get-SMRunbookJob \Ops\T').CompletionText | Should -Be '\Ops\Tidy'
        (Complete-Line 'New-SMRunbookActivity A Ti').CompletionText | Should -Be 'Tidy'
    }

    It 'offers the connector''s name to <_>' -ForEach @(
        'Invoke-SMRunbook Tidy -Connector ', 'Start-SMRunbook -Connector M', 'Get-SMRunbookJob -Connector ', 'Wait-SMRunbookJob -Connector ', 'Stop-SMRunbookJob -Connector '
        'New-SMRunbookActivity A B -Connector ', 'Compare-SMRunbook -Connector '
    ) {
        (Complete-Line $_).CompletionText | Should -Be 'Main'
    }

    It 'offers the inputs as parameters after <_>' -ForEach @(
        "Invoke-SMRunbook -Name 'Restart Service' -", "Invoke-SMRunbook 'Restart Service' -", "Start-SMRunbook 'restart service' -"
        "Start-SMRunbook -Path '\Ops\Restart Service' -", "Invoke-SMRunbook 'Restart Service' -Connector Main -", '"x" | Invoke-SMRunbook "Restart Service" -'
    ) {
        $offered = (Complete-Line $_).CompletionText
        foreach ($name in '-ComputerName', '-Reason', '-Ctx', '-Map', '-Parameter') {
            $offered | Should -Contain $name
        }
        $offered | Should -Not -Contain '-Folder'
    }

    It 'offers them by their start, and after a runbook that is known by its id' {
        (Complete-Line "Invoke-SMRunbook 'Restart Service' -Comp").CompletionText | Should -Be '-ComputerName'
        (Complete-Line "Invoke-SMRunbook 'Restart Service' -Ctx 5 -Re").CompletionText | Should -Be '-Reason'
        (Complete-Line "Invoke-SMRunbook -Id $restart -Ctx").CompletionText | Should -Be '-Ctx'
        $completion = [System.Management.Automation.CommandCompletion]::CompleteInput("Start-SMRunbook 'Restart Service' -Co", 37, @{})
        $completion.CompletionMatches.CompletionText | Should -Contain '-ComputerName'
    }

    It 'offers what its own parameters are where no runbook is chosen' {
        foreach ($line in 'Invoke-SMRunbook -', 'Invoke-SMRunbook Nothing -', 'Invoke-SMRunbook R* -') {
            $offered = (Complete-Line $line).CompletionText
            $offered | Should -Contain '-Map'
            $offered | Should -Not -Contain '-ComputerName'
        }
    }

    It 'offers the inputs of the store that the line names' {
        $store = $env:ORCHESTRATOR_CONNECTOR_STATE
        $null = New-TestStore
        try {
            (Complete-Line "Invoke-SMRunbook -StatePath '$store' -Name Tidy -Fol").CompletionText | Should -Be '-Folder'
            Complete-Line 'Invoke-SMRunbook -Name Tidy -Fol' | ForEach-Object { $_.CompletionText } | Should -Not -Contain '-Folder'
            Test-Path -LiteralPath $env:ORCHESTRATOR_CONNECTOR_STATE | Should -BeFalse
        }
        finally {
            $env:ORCHESTRATOR_CONNECTOR_STATE = $store
        }
    }

    It 'offers runbook servers that have told their names' {
        (Complete-Line 'Invoke-SMRunbook Tidy -RunbookServer ').CompletionText | Should -Be @('RBS01', 'RBS02')
        (Complete-Line 'Start-SMRunbook Tidy -RunbookServer RBS01, rbs').CompletionText | Should -Contain 'RBS02'
    }

    It 'offers activities to <_>' -ForEach 'Invoke-SMRunbookActivity ', 'Get-SMRunbookActivity ', 'Set-SMRunbookActivity -Name ', 'Remove-SMRunbookActivity ' {
        (Complete-Line $_).CompletionText | Should -Be @("'Restart it'", 'Tidy')
        (Complete-Line "${_}re").ToolTip | Should -Match ([regex]::Escape('\Ops\Restart Service'))
    }

    It 'says nothing where there is nothing, and never an error' {
        $errors = $Error.Count
        foreach ($line in "Invoke-SMRunbook 'Restart Service' -ComputerName ", 'Invoke-SMRunbook Tidy -Parameter ', 'Wait-SMRunbookJob ', 'Invoke-SMRunbook -Id 12 -', "Invoke-SMRunbook -StatePath '\0' -Name x -") {
            $null = Complete-Line $line
        }
        $Error.Count | Should -Be $errors
    }
}

Describe 'Completion of words' {
    It 'offers <Words> after "<Line>"' -ForEach @(
        @{ Line = 'New-OrchestratorConnector A http://a -Protocol '; Words = 'Atom', 'Auto', 'WebApi' }
        @{ Line = 'Set-OrchestratorConnector A -Protocol '; Words = 'Atom', 'Auto', 'WebApi' }
        @{ Line = 'Get-SMRunbook -Status '; Words = 'Active', 'Invalid', 'Missing', 'PendingDelete' }
        @{ Line = 'Get-SMRunbookJob -Status '; Words = 'Canceled', 'Completed', 'Failed', 'Pending', 'Running', 'Unknown' }
        @{ Line = 'New-OrchestratorConnector A http://a -Schedule '; Words = 'Daily', 'Interval', 'None' }
        @{ Line = 'New-OrchestratorConnector A http://a -Schedule D'; Words = @('Daily') }
    ) {
        (Complete-Line $Line).CompletionText | Sort-Object | Should -Be $Words
    }

    It 'knows the properties of what <Command> returns' -ForEach @(
        @{ Command = 'Get-OrchestratorConnector'; Property = 'LastSuccessTime' }
        @{ Command = 'Get-SMRunbook'; Property = 'LastSeenTime' }
        @{ Command = 'Sync-OrchestratorConnector *'; Property = 'Returned' }
        @{ Command = 'Test-OrchestratorConnector A'; Property = 'Checks' }
        @{ Command = 'Get-OrchestratorFolder A'; Property = 'ParentId' }
        @{ Command = 'Invoke-SMRunbook A'; Property = 'FailedActivity' }
        @{ Command = 'Start-SMRunbook A'; Property = 'CreationTime' }
        @{ Command = 'Get-SMRunbookJob'; Property = 'InstanceStatus' }
        @{ Command = 'Wait-SMRunbookJob 1'; Property = 'RunbookServer' }
        @{ Command = 'Get-SMRunbookActivity'; Property = 'ReadyForAutomation' }
        @{ Command = 'Compare-SMRunbook'; Property = 'Activities' }
    ) {
        (Complete-Line "$Command | Where-Object $($Property.Substring(0, 3))").CompletionText | Should -Contain $Property
    }
}

Describe 'Completion' {
    BeforeEach {
        $before = $env:ORCHESTRATOR_CONNECTOR_STATE
    }

    AfterEach {
        $env:ORCHESTRATOR_CONNECTOR_STATE = $before
    }

    It 'makes no store' {
        $store = New-TestStore
        foreach ($line in 'Get-OrchestratorConnector A', 'Get-SMRunbook A', 'Get-SMRunbook -Folder A', 'Get-OrchestratorRunAsAccount A') {
            $null = Complete-Line $line
        }
        Test-Path -LiteralPath $store | Should -BeFalse
        Test-Path -LiteralPath (Split-Path -Parent $store) | Should -BeFalse
    }

    It 'makes no store while somebody types an input' {
        $store = Join-Path $TestDrive 'nowhere.db'
        $null = Complete-Line "Start-SMRunbook Nobody -StatePath '$store' -"
        Test-Path -LiteralPath $store | Should -BeFalse
    }

    It 'says nothing about a store that cannot be read' {
        $store = New-TestStore
        $null = New-Item -ItemType Directory -Path (Split-Path -Parent $store)
        [System.IO.File]::WriteAllText($store, 'This is no database, it is a text of more than a few words that somebody put here.')
        $errors = $Error.Count
        Complete-Line 'Get-OrchestratorConnector Prod' | ForEach-Object { $_.CompletionText } | Should -Not -Contain 'Production'
        $Error.Count | Should -Be $errors
        [System.IO.File]::ReadAllText($store) | Should -BeLike 'This is no database*'
    }

    It 'touches no network' {
        $null = New-TestStore
        $silent = Start-SilentHost
        try {
            $null = New-OrchestratorConnector -Name Silent -ServiceUrl $silent.Base -SkipTest
            foreach ($line in 'Test-OrchestratorConnector ', 'Get-OrchestratorFolder ', 'Get-OrchestratorFolder Silent -Path ', 'Get-SMRunbook -Connector Silent -Folder ', 'Set-OrchestratorConnector Silent -Folder ') {
                $null = Complete-Line $line
            }
            $silent.Listener.Pending() | Should -BeFalse
        }
        finally {
            $silent.Listener.Stop()
        }
    }
}
